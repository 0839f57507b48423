package io.foundling.topology.harness;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.FoundlingTopology;
import io.foundling.topology.alert.AlertsProcessorSupplier;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.ThreadTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The ledger's task of one of many partitions. */
final class PartitionDriver {

    private final LedgerSettings settings;
    private final int partition;
    private final InMemoryRegistryClient registry;
    private final Path directory = TemporaryDirectory.create();
    private final SettableClock clock = new SettableClock();
    private final RecordingListener listener = new RecordingListener();
    private final StoreTap store = new StoreTap();
    private final List<PlacedLedger.Letter> aside = new ArrayList<>();
    private final OutputTopic<Disposition> dispositions;
    private final OutputTopic<OrphanWarning> orphans;
    private TopologyTestDriver driver;

    PartitionDriver(LedgerSettings settings, int partition, InMemoryRegistryClient registry, Instant now) {
        this.settings = settings;
        this.partition = partition;
        this.registry = registry;
        dispositions = new OutputTopic<>(TopicNames.DISPOSITIONS, new AvroDeserializer<>(registry, Disposition.class));
        orphans = new OutputTopic<>(TopicNames.ORPHANS, new AvroDeserializer<>(registry, OrphanWarning.class));
        open(now);
    }

    private void open(Instant now) {
        ThreadTime time = new ThreadTime(() -> 0);
        LedgerProcessorSupplier ledger = new LedgerProcessorSupplier(
                settings,
                settings::policySet,
                clock,
                listener,
                () -> new AvroDeserializer<>(registry, AuditEvent.class),
                () -> new AvroDeserializer<>(registry, Closure.class),
                () -> new AvroSerializer<>(registry),
                store,
                time);
        AlertsProcessorSupplier idle = new AlertsProcessorSupplier(
                settings,
                settings::policySet,
                listener,
                () -> new AvroSerializer<>(registry),
                Stores.inMemoryKeyValueStore(Nodes.ALERTS_STORE),
                time);
        driver = new TopologyTestDriver(
                FoundlingTopology.of(settings, new PlacedLedger(ledger, partition, aside), idle),
                DriverProperties.of(directory),
                now);
        dispositions.connect(driver);
        orphans.connect(driver);
    }

    /** Ends the task and starts the next one on what the store holds; its clock is unset. */
    void restart(Instant now) {
        store.carryOver();
        dispositions.changes();
        orphans.changes();
        driver.close();
        clock.setMs(AuditClock.UNSET);
        open(now);
    }

    void pipe(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
    }

    void advance(Duration duration) {
        driver.advanceWallClockTime(duration);
    }

    /** Returns what goes to other tasks, and forgets it. */
    List<PlacedLedger.Letter> takeLetters() {
        List<PlacedLedger.Letter> taken = List.copyOf(aside);
        aside.clear();
        return taken;
    }

    SettableClock clock() {
        return clock;
    }

    StoreTap store() {
        return store;
    }

    RecordingListener listener() {
        return listener;
    }

    OutputTopic<Disposition> dispositions() {
        return dispositions;
    }

    OutputTopic<OrphanWarning> orphans() {
        return orphans;
    }

    void close() {
        driver.close();
        TemporaryDirectory.delete(directory);
    }
}
