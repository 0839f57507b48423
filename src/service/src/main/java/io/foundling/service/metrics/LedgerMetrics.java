package io.foundling.service.metrics;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.ViolationType;
import io.foundling.topology.clock.ProofTime;
import io.foundling.topology.task.EventResult;
import io.foundling.topology.task.LedgerListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Counts what the ledger reports. Counters whose labels are known exist from the start at zero: a series that first
 * appears at one hides its first increase from rates.
 */
public final class LedgerMetrics implements LedgerListener {

    private final MeterRegistry registry;
    private final InstantSource wallClock;
    private final Map<String, Map<EventResult, Counter>> events = new ConcurrentHashMap<>();
    private final Map<ViolationType, Counter> violations = new EnumMap<>(ViolationType.class);
    private final Map<String, Counter> deadLetters = new ConcurrentHashMap<>();
    private final Map<String, Counter> outOfStep = new ConcurrentHashMap<>();
    private final Map<String, TaskGauges> tasks = new ConcurrentHashMap<>();
    private final Counter warnings;
    private final Counter recoveries;
    private final Counter withdrawals;
    private final Counter closuresSent;
    private final Counter closuresRead;
    private final Counter membersSettled;
    private final Counter settlementsFirst;
    private final Counter settlementsCorrected;
    private final Map<AlertType, Map<AlertStatus, Counter>> alerts = new EnumMap<>(AlertType.class);
    private final Counter expiries;
    private final Counter expiryFailures;
    private final Counter retimed;
    private final Counter stateRepairs;
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
        warnings = counter(MetricNames.WARNINGS);
        recoveries = counter(MetricNames.RECOVERIES);
        withdrawals = counter(MetricNames.WITHDRAWALS);
        closuresSent = counter(MetricNames.CLOSURES, MetricNames.CHANGE, "sent");
        closuresRead = counter(MetricNames.CLOSURES, MetricNames.CHANGE, "read");
        membersSettled = counter(MetricNames.MEMBERS_SETTLED);
        settlementsFirst = counter(MetricNames.SETTLEMENTS, MetricNames.CHANGE, "first");
        settlementsCorrected = counter(MetricNames.SETTLEMENTS, MetricNames.CHANGE, "corrected");
        for (AlertType type : AlertType.values()) {
            alerts.put(type, alertCounters(type));
        }
        expiries = counter(MetricNames.EXPIRIES);
        expiryFailures = counter(MetricNames.EXPIRY_FAILURES);
        retimed = counter(MetricNames.RETIMED);
        stateRepairs = counter(MetricNames.STATE_REPAIRS);
        sweep = Timer.builder(MetricNames.SWEEP.name())
                .description(MetricNames.SWEEP.description())
                .register(registry);
    }

    @Override
    public void eventRead(String topic, EventResult result) {
        events.computeIfAbsent(topic, this::eventCounters).get(result).increment();
    }

    @Override
    public void deadLetter(String reason) {
        deadLetters
                .computeIfAbsent(reason, r -> counter(MetricNames.DEAD_LETTERS, MetricNames.REASON, r))
                .increment();
    }

    @Override
    public void violation(ViolationType type) {
        violations.get(type).increment();
    }

    @Override
    public void outOfStep(String source, int count) {
        outOfStep
                .computeIfAbsent(source, name -> counter(MetricNames.OUT_OF_STEP, MetricNames.SOURCE, name))
                .increment(count);
    }

    @Override
    public void warningEmitted() {
        warnings.increment();
    }

    @Override
    public void recovered() {
        recoveries.increment();
    }

    @Override
    public void withdrawn() {
        withdrawals.increment();
    }

    @Override
    public void closureSent() {
        closuresSent.increment();
    }

    @Override
    public void closureRead() {
        closuresRead.increment();
    }

    @Override
    public void membersSettled(int count) {
        membersSettled.increment(count);
    }

    @Override
    public void settlement(boolean corrected) {
        (corrected ? settlementsCorrected : settlementsFirst).increment();
    }

    @Override
    public void alert(AlertType type, AlertStatus status) {
        alerts.get(type).get(status).increment();
    }

    @Override
    public void expiriesSwept(int count, long nanos) {
        expiries.increment(count);
        sweep.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void entryFailed() {
        expiryFailures.increment();
    }

    @Override
    public void gap(String topic, int partition, long offsets) {
        counter(MetricNames.GAP_OFFSETS, MetricNames.TOPIC, topic, MetricNames.PARTITION, Integer.toString(partition))
                .increment(offsets);
    }

    @Override
    public void subjects(String task, String source, String stage, String bucket, long count) {
        gauges(task).subjects(source, stage, bucket, count);
    }

    @Override
    public void unwatched(String task, String source, String stage, long count) {
        gauges(task).unwatched(source, stage, count);
    }

    @Override
    public void retimed() {
        retimed.increment();
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
    public void held(String task, String source, long count) {
        gauges(task).held(source, count);
    }

    @Override
    public void taskClosed(String task) {
        TaskGauges gauges = tasks.remove(task);
        if (gauges != null) {
            gauges.close();
        }
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

    private Counter counter(Metric metric, String... labels) {
        return Counter.builder(metric.name())
                .description(metric.description())
                .tags(labels)
                .register(registry);
    }

    private static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
