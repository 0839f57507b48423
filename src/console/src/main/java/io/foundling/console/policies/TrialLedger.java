package io.foundling.console.policies;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.alert.AlertsProcessorSupplier;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerTopics;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.store.MemoryStore;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/**
 * A whole ledger in this process: the real processors of every partition and of the alerts, over stores in memory, in a
 * time of its own. Each event is read in the moment in which it was appended, as by a service that never lags. While
 * nothing is appended, every task does what is due once a minute. So a warning is emitted at most a minute later than a
 * service emits it, but never after an event of its partition that a service reads after it.
 */
final class TrialLedger implements AutoCloseable {

    /** An audit clock that advances by more at once counts as one that had a gap (rule T26). */
    static final long STEP_MS = 60_000;

    /** Tasks are not asked more often what is due, however many events come. */
    private static final long SHORTEST_TURN_MS = 1_000;

    /** One turn deals with everything that is due at the same time. */
    private static final int MAX_EXPIRIES = 200_000;

    /** Accounts are sent once a second, and alerts follow them. */
    private static final int LAST_TURNS = 4;

    private final LedgerTopics topics;
    private final long allowedLagMs;
    private final String closures;
    private final String expectations;
    private final TrialOutput output;
    private final HandedEvents events;
    private final TrialClock clock = new TrialClock();
    private final List<TrialTask> tasks = new ArrayList<>();
    private final List<MemoryStore> stores = new ArrayList<>();
    private final TrialTask alerts;
    private final TrialWatch watch;
    private final Deque<Letter> letters = new ArrayDeque<>();
    private final long[] turnedMs;
    private long wallMs;
    private long allTurnedMs;
    private long written;

    /** A record that a task has written, and the node through which it goes. */
    private record Letter(String node, Record<byte[], byte[]> record) {}

    /**
     * @param settings of the ledger, apart from its policies
     * @param beginMs when it begins, at the first event at the latest
     */
    TrialLedger(LedgerSettings settings, PolicySet policies, TrialOutput output, long beginMs, TrialWatch watch) {
        this.watch = watch;
        LedgerSettings own = own(settings, policies);
        this.output = output;
        topics = own.topics();
        allowedLagMs = own.time().allowedLag().toMillis();
        closures = topics.prefix().name(TopicNames.CLOSURES);
        expectations = topics.prefix().name(TopicNames.EXPECTATIONS);
        turnedMs = new long[topics.partitions()];
        wallMs = beginMs;
        allTurnedMs = beginMs;
        InMemoryRegistryClient registry = new InMemoryRegistryClient();
        events = new HandedEvents(expectations, new AvroDeserializer<>(registry, AuditEvent.class));
        ThreadTime time = new ThreadTime(() -> 0);
        LedgerProcessorSupplier ledger = new LedgerProcessorSupplier(
                own,
                () -> policies,
                clock,
                LedgerListener.NONE,
                () -> events,
                () -> new AvroDeserializer<>(registry, Closure.class),
                () -> new TrialSerializer(new AvroSerializer<>(registry), topics.prefix()),
                Stores.inMemoryKeyValueStore(Nodes.LEDGER_STORE),
                time);
        AlertsProcessorSupplier alerting = new AlertsProcessorSupplier(
                own,
                () -> policies,
                LedgerListener.NONE,
                () -> new TrialSerializer(new AvroSerializer<>(registry), topics.prefix()),
                Stores.inMemoryKeyValueStore(Nodes.ALERTS_STORE),
                time);
        output.reads(registry);
        for (int partition = 0; partition < topics.partitions(); partition++) {
            tasks.add(new TrialTask(new TaskId(0, partition), store(), () -> wallMs, this::write, ledger.get()));
        }
        alerts = new TrialTask(new TaskId(1, 0), store(), () -> wallMs, this::write, alerting.get());
        tasks.forEach(TrialTask::start);
        alerts.start();
    }

    private MemoryStore store() {
        MemoryStore store = new MemoryStore();
        stores.add(store);
        return store;
    }

    /** Returns how many entries its stores have, and how many warnings it has emitted. */
    long entries() {
        long entries = output.size();
        for (MemoryStore store : stores) {
            entries += store.approximateNumEntries();
        }
        return entries;
    }

    /** Every topic has append times here: those of the trail. */
    private static LedgerSettings own(LedgerSettings settings, PolicySet policies) {
        LedgerTopics topics = settings.topics();
        return new LedgerSettings(
                new LedgerTopics(topics.sources(), Set.copyOf(topics.sources()), topics.partitions(), topics.prefix()),
                settings.time(),
                settings.lateEvents(),
                new SweepSettings(settings.sweep().interval(), MAX_EXPIRIES),
                settings.retention(),
                settings.settlement(),
                settings.alerting(),
                policies);
    }

    /** Reads an event at its append time; events come in the order of these. */
    void read(RecordedEvent event) {
        reach(event.appendedAtMs());
        int partition = event.partition();
        if (wallMs - turnedMs[partition] >= SHORTEST_TURN_MS) {
            turn(partition);
        }
        events.hand(event.event());
        tasks.get(partition)
                .process(
                        new Record<>(event.key(), new byte[0], wallMs),
                        new TrialTask.Position(event.topic(), partition, event.offset()));
        deliver();
    }

    /** Lets time pass until everything that is due by then is done. */
    void end(long untilMs) {
        reach(untilMs);
        for (int turn = 0; turn < LAST_TURNS; turn++) {
            turnAll();
            // The audit clock stays: what is due later is not due yet.
            wallMs += SHORTEST_TURN_MS;
        }
    }

    private void reach(long timeMs) {
        while (timeMs - allTurnedMs > STEP_MS) {
            allTurnedMs += STEP_MS;
            watch.goesOn();
            show(allTurnedMs);
            turnAll();
        }
        show(timeMs);
    }

    private void show(long timeMs) {
        wallMs = Math.max(wallMs, timeMs);
        clock.reach(wallMs - allowedLagMs);
    }

    private void turnAll() {
        for (int partition = 0; partition < tasks.size(); partition++) {
            turn(partition);
        }
        alerts.turn();
        deliver();
    }

    private void turn(int partition) {
        turnedMs[partition] = wallMs;
        tasks.get(partition).turn();
        deliver();
    }

    private void write(String node, Record<byte[], byte[]> record) {
        letters.add(new Letter(node, record));
    }

    /** Hands over what was written, as a broker would. */
    private void deliver() {
        for (Letter letter = letters.poll(); letter != null; letter = letters.poll()) {
            Record<byte[], byte[]> record = letter.record();
            switch (letter.node()) {
                case Nodes.ACCOUNTS_SENT -> alerts.process(record, position(Nodes.ACCOUNTS, 0));
                case Nodes.EXPECTATIONS -> deliver(expectations, partitionOf(record.key()), record);
                case Nodes.PARENT_NOTES -> deliver(closures, partitionOf(record.key()), record);
                case Nodes.CLOSURES -> {
                    for (int partition = 0; partition < tasks.size(); partition++) {
                        deliver(closures, partition, record);
                    }
                }
                case Nodes.ORPHANS -> output.orphan(record);
                case Nodes.ALERTS_SENT -> output.alert(record);
                default -> {
                    // Dispositions, settlements and reports are not compared.
                }
            }
        }
    }

    private void deliver(String topic, int partition, Record<byte[], byte[]> record) {
        tasks.get(partition).process(record, position(topic, partition));
    }

    private TrialTask.Position position(String topic, int partition) {
        return new TrialTask.Position(topic, partition, written++);
    }

    private int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % tasks.size();
    }

    @Override
    public void close() {
        tasks.forEach(TrialTask::close);
        alerts.close();
    }
}
