package io.foundling.topology.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Closure;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Violation;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.FoundlingTopology;
import io.foundling.topology.alert.AlertsProcessorSupplier;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClockSource;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.rebuild.LedgerRebuild;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.ThreadTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology over its real store on one partition, under a wall clock and an audit clock that the test sets. The
 * wall clock begins at {@link #START}. Closing checks conservation.
 */
public final class LedgerHarness implements AutoCloseable {

    public static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

    private final Path directory = TemporaryDirectory.create();
    private LedgerSettings settings;
    private final AuditClockSource clocks;
    private final SettableClock clock;
    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    private final RecordingListener listener = new RecordingListener();
    private final StoreTap store = new StoreTap();
    private final StoreTap alertsStore = new StoreTap(Stores.inMemoryKeyValueStore(Nodes.ALERTS_STORE));
    private final List<OutputTopic<?>> outputs = new ArrayList<>();
    private final OutputTopic<Disposition> dispositions = output(TopicNames.DISPOSITIONS, Disposition.class);
    private final OutputTopic<OrphanWarning> orphans = output(TopicNames.ORPHANS, OrphanWarning.class);
    private final OutputTopic<Violation> violations = output(TopicNames.VIOLATIONS, Violation.class);
    private final OutputTopic<Settlement> settlements = output(TopicNames.SETTLEMENTS, Settlement.class);
    private final OutputTopic<AuditEvent> expectations = output(TopicNames.EXPECTATIONS, AuditEvent.class);
    private final OutputTopic<Alert> alerts = output(TopicNames.ALERTS, Alert.class);
    private final OutputTopic<ClockReport> clockReports = output(TopicNames.CLOCKS, ClockReport.class);
    private final OutputTopic<Reconciliation> reconciliations =
            output(TopicNames.RECONCILIATIONS, Reconciliation.class);
    private final DeadLetterTopic deadLetters = new DeadLetterTopic();
    private final Map<String, TestInputTopic<byte[], byte[]>> sources = new TreeMap<>();
    private LongSupplier nanoTime = () -> 0;
    private Instant now;
    private TopologyTestDriver driver;

    private LedgerHarness(LedgerSettings settings, AuditClockSource clocks, SettableClock clock, Instant start) {
        this.settings = settings;
        this.clocks = clocks;
        this.clock = clock;
        this.now = start;
        open();
    }

    /** Starts the ledger under an audit clock that the test sets. */
    public static LedgerHarness of(LedgerSettings settings) {
        return of(settings, START);
    }

    /** The same, but the wall clock begins at another time. */
    public static LedgerHarness of(LedgerSettings settings, Instant start) {
        SettableClock clock = new SettableClock();
        return new LedgerHarness(settings, clock, clock, start);
    }

    /** Starts the ledger under other audit clocks; {@link #clock} sets nothing then. */
    public static LedgerHarness of(LedgerSettings settings, AuditClockSource clocks) {
        return new LedgerHarness(settings, clocks, new SettableClock(), START);
    }

    /** Restarts with time that goes by at each look at the clock: nothing goes on for long. */
    public void restartInAHurry() {
        restartWith(ThreadTime.MAX.dividedBy(6));
    }

    /** Restarts with time that is always up. */
    public void restartWithoutTime() {
        restartWith(ThreadTime.MAX);
    }

    private void restartWith(Duration look) {
        AtomicLong nanos = new AtomicLong();
        nanoTime = () -> nanos.getAndAdd(look.toNanos());
        restart();
    }

    /** Puts the policies of other settings in force; nothing is restarted. */
    public void reload(LedgerSettings changed) {
        settings = changed;
    }

    /** Restarts with other settings. */
    public void restart(LedgerSettings changed) {
        settings = changed;
        restart();
    }

    /** Ends the tasks and starts the next ones on what their stores hold. The clock that the test sets is unset. */
    public void restart() {
        store.carryOver();
        alertsStore.carryOver();
        stop();
        clock.setMs(AuditClock.UNSET);
        open();
    }

    /** Ends the tasks and starts the next ones on stores that were made anew from what was published. */
    public void rebuild() {
        LedgerRebuild rebuild = new LedgerRebuild(settings, now.toEpochMilli());
        dispositions
                .changes()
                .forEach(change -> rebuild.disposition(
                        change.key(),
                        change.value().orElse(null),
                        change.stampedAt().toEpochMilli()));
        orphans.materialised().forEach(rebuild::orphan);
        settlements.materialised().forEach(rebuild::settlement);
        reconciliations.materialised().forEach(rebuild::reconciliation);
        alerts.materialised().forEach(rebuild::alert);
        rebuild.run();
        store.replace(rebuild.ledger(0));
        alertsStore.replace(rebuild.alerts(0));
        stop();
        // Another process begins, whose gauges know nothing of the former tallies.
        listener.subjects().clear();
        clock.setMs(AuditClock.UNSET);
        open();
    }

    /** Appends an event to the first source topic now, under its subject's key. */
    public void send(Events event) {
        send(event, now);
    }

    /** Appends an event to the first source topic with an append time of the past. */
    public void send(Events event, Instant appendedAt) {
        send(settings.topics().sources().get(0), event, appendedAt);
    }

    /** Appends an event to a source topic, under its subject's key. */
    public void send(String topic, Events event, Instant appendedAt) {
        AuditEvent built = event.build();
        sendBytes(topic, key(built), encode(built), new RecordHeaders(), appendedAt);
    }

    /** Appends any bytes to the first source topic now. */
    public void sendBytes(byte[] key, byte[] value) {
        sendBytes(settings.topics().sources().get(0), key, value, new RecordHeaders(), now);
    }

    /** Appends any bytes to a source topic. */
    public void sendBytes(String topic, byte[] key, byte[] value, Headers headers, Instant appendedAt) {
        sources.computeIfAbsent(topic, this::input).pipeInput(new TestRecord<>(key, value, headers, appendedAt));
    }

    /** Returns the key of an event's record. */
    public static byte[] key(AuditEvent event) {
        return SubjectKey.of(event.getSubject()).getBytes(UTF_8);
    }

    /** Returns the bytes of a record's value. */
    public byte[] encode(SpecificRecord value) {
        return serializer.serialize(settings.topics().sources().get(0), value);
    }

    /** Lets the wall clock reach a time; the ledger sweeps once on the way. */
    public void wallReaches(Instant time) {
        advance(Duration.between(now, time));
    }

    /** Lets the audit clock show a time and the ledger sweep once; the wall clock moves by one sweep interval. */
    public void clockReaches(Instant time) {
        clock.set(time);
        sweep();
    }

    /** Lets live time pass: the wall clock reaches a time, the audit clock is allowedLag before it. */
    public void bothReach(Instant time) {
        clock.set(time.minus(settings.time().allowedLag()));
        wallReaches(time);
    }

    /** Lets the ledger sweep once; the wall clock moves by one sweep interval. */
    public void sweep() {
        advance(settings.sweep().interval());
    }

    private void advance(Duration duration) {
        now = now.plus(duration);
        driver.advanceWallClockTime(duration);
    }

    /** The wall time. */
    public Instant now() {
        return now;
    }

    public SettableClock clock() {
        return clock;
    }

    public LedgerSettings settings() {
        return settings;
    }

    public StoreTap store() {
        return store;
    }

    public RecordingListener listener() {
        return listener;
    }

    public StoreTap alertsStore() {
        return alertsStore;
    }

    /** Returns everything published to audit.dispositions. */
    public List<Change<Disposition>> dispositionChanges() {
        return dispositions.changes();
    }

    /** Returns audit.dispositions after compaction, by subject key. */
    public Map<String, Disposition> dispositions() {
        return dispositions.materialised();
    }

    /** Returns the disposition of a record of the usual source and stage. */
    public Disposition disposition(String id) {
        Disposition found = dispositions().get(Events.key(id));
        if (found == null) {
            throw new AssertionError(
                    "no disposition of " + id + " among " + dispositions().keySet());
        }
        return found;
    }

    /** Returns everything published to audit.orphans. */
    public List<Change<OrphanWarning>> orphanChanges() {
        return orphans.changes();
    }

    /**
     * Returns the changes of audit.orphans in brief, such as {@code r1 ORPHANED 1 DEFERRED}; tombstones end in a dash.
     */
    public List<String> orphanStory() {
        return orphanChanges().stream().map(Change::ofWarning).toList();
    }

    /** Returns audit.orphans after compaction: the orphans of now. */
    public Map<String, OrphanWarning> orphans() {
        return orphans.materialised();
    }

    /** Returns everything published to audit.settlements. */
    public List<Change<Settlement>> settlementChanges() {
        return settlements.changes();
    }

    /** Returns audit.settlements after compaction. */
    public Map<String, Settlement> settlements() {
        return settlements.materialised();
    }

    /** Returns everything published to audit.alerts. */
    public List<Change<Alert>> alertChanges() {
        return alerts.changes();
    }

    /** Returns audit.alerts after compaction. */
    public Map<String, Alert> alerts() {
        return alerts.materialised();
    }

    /** Returns everything published to audit.clocks. */
    public List<Change<ClockReport>> clockReportChanges() {
        return clockReports.changes();
    }

    /** Returns audit.clocks after compaction. */
    public Map<String, ClockReport> clockReports() {
        return clockReports.materialised();
    }

    /** Returns everything sent to audit.expectations. */
    public List<Change<AuditEvent>> expectationChanges() {
        return expectations.changes();
    }

    /** Returns everything published to audit.reconciliations. */
    public List<Change<Reconciliation>> reconciliationChanges() {
        return reconciliations.changes();
    }

    /** Returns audit.reconciliations after compaction. */
    public Map<String, Reconciliation> reconciliations() {
        return reconciliations.materialised();
    }

    public List<Violation> violations() {
        return violations.values();
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters.letters();
    }

    @Override
    public void close() {
        try {
            // Tallies are reported with a sweep.
            sweep();
            new Conservation(this).check();
        } finally {
            stop();
            TemporaryDirectory.delete(directory);
        }
    }

    private void open() {
        ThreadTime time = new ThreadTime(nanoTime);
        driver = new TopologyTestDriver(
                FoundlingTopology.of(
                        settings,
                        new LedgerProcessorSupplier(
                                settings,
                                () -> settings.policySet(),
                                clocks,
                                listener,
                                () -> new AvroDeserializer<>(registry, AuditEvent.class),
                                () -> new AvroDeserializer<>(registry, Closure.class),
                                () -> new AvroSerializer<>(registry),
                                store,
                                time),
                        new AlertsProcessorSupplier(
                                settings,
                                () -> settings.policySet(),
                                listener,
                                () -> new AvroSerializer<>(registry),
                                alertsStore,
                                time)),
                DriverProperties.of(directory),
                now);
        outputs.forEach(output -> output.connect(driver));
        deadLetters.connect(driver);
        sources.clear();
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void stop() {
        outputs.forEach(OutputTopic::changes);
        deadLetters.letters();
        driver.close();
    }

    private <V extends SpecificRecord> OutputTopic<V> output(String name, Class<V> type) {
        OutputTopic<V> output = new OutputTopic<>(name, new AvroDeserializer<>(registry, type));
        outputs.add(output);
        return output;
    }
}
