package io.foundling.service.metrics;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.ViolationType;
import io.foundling.topology.clock.ProofTime;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.Tally;
import io.foundling.topology.store.WithoutIds;
import io.foundling.topology.task.DropReport;
import io.foundling.topology.task.EventResult;
import io.foundling.topology.task.LedgerListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts what the ledger reports, once it is committed. Counters whose labels are known exist from the start at zero: a
 * series that first appears at one hides its first increase from rates.
 */
public final class LedgerMetrics implements LedgerListener {

    private final MeterRegistry registry;
    private final InstantSource wallClock;
    private final CommittedCounts counts = new CommittedCounts();
    private final Map<String, Map<EventResult, Counter>> events = new ConcurrentHashMap<>();
    private final Map<ViolationType, Counter> violations = new EnumMap<>(ViolationType.class);
    private final Map<String, Counter> deadLetters = new ConcurrentHashMap<>();
    private final Map<String, Counter> outOfStep = new ConcurrentHashMap<>();
    private final Map<String, TaskGauges> tasks = new ConcurrentHashMap<>();
    private final DroppedCounts dropped;
    private final SummedGauge<TallyKey> orphans;
    private final SummedGauge<AlertType> alertsFiring;
    private final SummedGauge<WithoutIds.EventOrigin> withoutIds;
    private final SummedGauge<String> setAside;
    private final SummedGauge<String> silentSources;
    private final Counter warnings;
    private final Counter recoveries;
    private final Counter withdrawals;
    private final Counter closuresSent;
    private final Counter closuresRead;
    private final Counter expectationsSent;
    private final Counter expectationsRevoked;
    private final Counter expectationsLeftOut;
    private final Counter membersSettled;
    private final Counter settlementsFirst;
    private final Counter settlementsCorrected;
    private final Map<AlertType, Map<AlertStatus, Counter>> alerts = new EnumMap<>(AlertType.class);
    private final Counter expiries;
    private final Counter expiryFailures;
    private final Counter retimed;
    private final Counter stateRepairs;
    private final Map<NameLimit.Use, Counter> namesCountedTogether = new EnumMap<>(NameLimit.Use.class);
    private final Timer sweep;

    /**
     * Registers the metrics whose labels are known from the start.
     *
     * @param sources source topics
     * @param wallClock the clock that audit clocks are compared with
     */
    public LedgerMetrics(MeterRegistry registry, Collection<String> sources, InstantSource wallClock) {
        this.registry = registry;
        this.wallClock = wallClock;
        sources.forEach(topic -> events.put(topic, eventCounters(topic)));
        for (ViolationType type : ViolationType.values()) {
            violations.put(type, counter(MetricNames.VIOLATIONS, MetricNames.TYPE, lowerCase(type)));
        }
        dropped = new DroppedCounts(registry);
        orphans = new SummedGauge<>(
                registry,
                MetricNames.ORPHANS,
                key -> Tags.of(MetricNames.SOURCE, key.source(), MetricNames.STAGE, key.stage()));
        alertsFiring = new SummedGauge<>(
                registry, MetricNames.ALERTS_FIRING, type -> Tags.of(MetricNames.TYPE, lowerCase(type)));
        withoutIds = new SummedGauge<>(registry, MetricNames.WITHOUT_ID, LedgerMetrics::labels);
        setAside = new SummedGauge<>(registry, MetricNames.SET_ASIDE, kind -> Tags.of(MetricNames.KIND, kind));
        silentSources =
                new SummedGauge<>(registry, MetricNames.SILENT_SOURCES, source -> Tags.of(MetricNames.SOURCE, source));
        warnings = counter(MetricNames.WARNINGS);
        recoveries = counter(MetricNames.RECOVERIES);
        withdrawals = counter(MetricNames.WITHDRAWALS);
        closuresSent = counter(MetricNames.CLOSURES, MetricNames.CHANGE, "sent");
        closuresRead = counter(MetricNames.CLOSURES, MetricNames.CHANGE, "read");
        expectationsSent = counter(MetricNames.EXPECTATIONS, MetricNames.CHANGE, "sent");
        expectationsRevoked = counter(MetricNames.EXPECTATIONS, MetricNames.CHANGE, "revoked");
        expectationsLeftOut = counter(MetricNames.EXPECTATIONS, MetricNames.CHANGE, "left-out");
        membersSettled = counter(MetricNames.MEMBERS_SETTLED);
        settlementsFirst = counter(MetricNames.SETTLEMENTS, MetricNames.CHANGE, "first");
        settlementsCorrected = counter(MetricNames.SETTLEMENTS, MetricNames.CHANGE, "corrected");
        for (AlertType type : AlertType.values()) {
            alerts.put(type, alertCounters(type));
        }
        expiries = counter(MetricNames.EXPIRIES);
        expiryFailures = counter(MetricNames.EXPIRY_FAILURES);
        retimed = counter(MetricNames.RETIMED);
        for (NameLimit.Use use : NameLimit.Use.values()) {
            namesCountedTogether.put(use, counter(MetricNames.NAMES_COUNTED_TOGETHER, MetricNames.USE, lowerCase(use)));
        }
        stateRepairs = counter(MetricNames.STATE_REPAIRS);
        sweep = Timer.builder(MetricNames.SWEEP.name())
                .description(MetricNames.SWEEP.description())
                .register(registry);
    }

    @Override
    public void eventRead(String topic, EventResult result) {
        count(events.computeIfAbsent(topic, this::eventCounters).get(result), 1);
    }

    @Override
    public void deadLetter(String reason) {
        count(
                deadLetters.computeIfAbsent(
                        reason,
                        name -> counter(MetricNames.DEAD_LETTERS, MetricNames.REASON, name.toLowerCase(Locale.ROOT))),
                1);
    }

    @Override
    public void violation(ViolationType type) {
        count(violations.get(type), 1);
    }

    @Override
    public void outOfStep(String source, int count) {
        count(
                outOfStep.computeIfAbsent(source, name -> counter(MetricNames.OUT_OF_STEP, MetricNames.SOURCE, name)),
                count);
    }

    @Override
    public void warningEmitted() {
        count(warnings, 1);
    }

    @Override
    public void recovered() {
        count(recoveries, 1);
    }

    @Override
    public void withdrawn() {
        count(withdrawals, 1);
    }

    @Override
    public void closureSent() {
        count(closuresSent, 1);
    }

    @Override
    public void closureRead() {
        count(closuresRead, 1);
    }

    @Override
    public void expectedSent() {
        count(expectationsSent, 1);
    }

    @Override
    public void expectedRevoked() {
        count(expectationsRevoked, 1);
    }

    @Override
    public void expectedLeftOut() {
        count(expectationsLeftOut, 1);
    }

    @Override
    public void membersSettled(int count) {
        count(membersSettled, count);
    }

    @Override
    public void settlement(boolean corrected) {
        count(corrected ? settlementsCorrected : settlementsFirst, 1);
    }

    @Override
    public void alert(AlertType type, AlertStatus status) {
        count(alerts.get(type).get(status), 1);
    }

    @Override
    public void expiriesSwept(int count, long nanos) {
        count(expiries, count);
        sweep.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void entryFailed() {
        count(expiryFailures, 1);
    }

    @Override
    public void gap(String topic, int partition, long offsets) {
        count(
                counter(
                        MetricNames.GAP_OFFSETS,
                        MetricNames.TOPIC,
                        topic,
                        MetricNames.PARTITION,
                        Integer.toString(partition)),
                offsets);
    }

    @Override
    public void tally(String task, String source, String stage, Tally tally) {
        TallyKey key = new TallyKey(source, stage);
        if (tally.equals(Tally.NONE)) {
            gauges(task).noTally(key);
            orphans.remove(task, key);
        } else {
            gauges(task).tally(key, tally);
            orphans.set(task, key, tally.orphans());
        }
    }

    @Override
    public void namesCountedTogether(NameLimit.Use use) {
        count(namesCountedTogether.get(use), 1);
    }

    @Override
    public void alertsFiring(String task, AlertType type, long count) {
        alertsFiring.set(task, type, count);
    }

    @Override
    public void withoutId(String task, WithoutIds.EventOrigin origin, long count) {
        withoutIds.set(task, origin, count);
    }

    @Override
    public void setAside(String task, String kind, long count) {
        setAside.set(task, kind, count);
    }

    @Override
    public void retimed() {
        count(retimed, 1);
    }

    @Override
    public void clock(String task, long clockMs) {
        gauges(task).clock(clockMs);
    }

    @Override
    public void delay(String task, String source, long delayMs) {
        gauges(task).delay(source, delayMs);
    }

    @Override
    public void dropped(DropReport report) {
        dropped.add(report);
    }

    @Override
    public void held(String task, String source, long count) {
        gauges(task).held(source, count);
    }

    @Override
    public void silent(String task, String source, boolean isSilent) {
        if (isSilent) {
            silentSources.set(task, source, 1);
        } else {
            silentSources.remove(task, source);
        }
    }

    @Override
    public void taskClosed(String task) {
        orphans.taskClosed(task);
        alertsFiring.taskClosed(task);
        withoutIds.taskClosed(task);
        setAside.taskClosed(task);
        silentSources.taskClosed(task);
        TaskGauges gauges = tasks.remove(task);
        if (gauges != null) {
            gauges.close();
        }
    }

    /** Returns the counts that wait for a commit. */
    public CommittedCounts counts() {
        return counts;
    }

    /** Counts a task whose damaged state is restored. */
    public void stateRepaired() {
        stateRepairs.increment();
    }

    /** Shows how far the wall clock of this machine is from those of the brokers. */
    public void watch(ProofTime time) {
        Gauge.builder(MetricNames.CLOCK_SKEW.name(), time, LedgerMetrics::skewSeconds)
                .description(MetricNames.CLOCK_SKEW.description())
                .strongReference(true)
                .register(registry);
    }

    private static double skewSeconds(ProofTime time) {
        OptionalLong skewMs = time.brokerSkewMs();
        return skewMs.isPresent() ? skewMs.getAsLong() / 1000.0 : Double.NaN;
    }

    private TaskGauges gauges(String task) {
        return tasks.computeIfAbsent(task, opened -> new TaskGauges(registry, opened, wallClock));
    }

    private Map<EventResult, Counter> eventCounters(String topic) {
        Map<EventResult, Counter> counters = new EnumMap<>(EventResult.class);
        for (EventResult result : EventResult.values()) {
            counters.put(
                    result,
                    counter(MetricNames.EVENTS, MetricNames.TOPIC, topic, MetricNames.RESULT, lowerCase(result)));
        }
        return counters;
    }

    private Map<AlertStatus, Counter> alertCounters(AlertType type) {
        Map<AlertStatus, Counter> counters = new EnumMap<>(AlertStatus.class);
        for (AlertStatus status : AlertStatus.values()) {
            counters.put(
                    status,
                    counter(
                            MetricNames.ALERTS,
                            MetricNames.TYPE,
                            lowerCase(type),
                            MetricNames.STATUS,
                            lowerCase(status)));
        }
        return counters;
    }

    private void count(Counter counter, double count) {
        counts.add(counter, count);
    }

    private Counter counter(Metric metric, String... labels) {
        return Counter.builder(metric.name())
                .description(metric.description())
                .tags(labels)
                .register(registry);
    }

    /** Words are in lower case in every label (a body is one: {@code Deferred}), names are as they come. */
    private static Tags labels(WithoutIds.EventOrigin origin) {
        return Tags.of(
                MetricNames.SOURCE, origin.source(),
                MetricNames.STAGE, origin.stage(),
                MetricNames.BODY, origin.body().toLowerCase(Locale.ROOT));
    }

    private static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
