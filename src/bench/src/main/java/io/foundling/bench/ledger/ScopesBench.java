package io.foundling.bench.ledger;

import io.foundling.bench.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * Measures what very many declared scopes cost a service: to apply their events, to sweep while none, a few and all of
 * them become stale, to keep them, and to classify them by their dispositions.
 */
public final class ScopesBench {

    private static final String USAGE = "usage: scopes-bench [--scopes N] [--quick]";

    /** How many scopes become stale each second, while a few do. */
    private static final int FEW = 20;

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration LATER = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SUBJECTS = "foundling_subjects{";
    private static final String OUTCOMES = "bucket=\"outcomes\"";
    private static final String SWEEP = "foundling_sweep_seconds_";
    private static final double MIB = 1 << 20;

    private final LedgerLab lab;
    private final int scopes;
    private final Duration due;
    private final Duration time;

    /**
     * @param due how long after the first event all scopes become stale: all have been applied by then
     * @param time for how long a few become stale
     */
    ScopesBench(LedgerLab lab, int scopes, Duration due, Duration time) {
        this.lab = lab;
        this.scopes = scopes;
        this.due = due;
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        boolean quick = words.remove("--quick");
        int scopes;
        try {
            scopes = (int) LedgerPlan.number(words, "--scopes", quick ? 2_000 : 100_000);
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("'" + words.get(0) + "' is no option.");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
            return;
        }
        Duration due = Duration.ofSeconds(15).plusMillis(scopes);
        Duration time = Duration.ofSeconds(quick ? 3 : 30);
        ServiceProcess.main(lab ->
                new ScopesBench(lab, scopes, due, time).run(new Report(ServiceProcess.TARGET.resolve("scopes.md"))));
    }

    void run(Report report) throws Exception {
        try (ServiceProcess service = new ServiceProcess(lab, 0);
                SourceTopic.Writer writer = new SourceTopic.Writer(lab)) {
            service.start(0);
            try (StaleAlerts alerts = new StaleAlerts(service.place())) {
                measure(service, new ScopeLoad(writer), alerts, report);
            }
        }
    }

    private void measure(ServiceProcess service, ScopeLoad load, StaleAlerts alerts, Report report) throws Exception {
        report.paragraph(
                "%,d declared scopes of %d stages, %d partitions.",
                scopes, ScopeLoad.STAGES.size(), LedgerLab.PARTITIONS);
        report.head("state", "seconds", "CPU s", "sweeps", "mean sweep ms", "alert records");
        Instant dueAt = Instant.now().plus(due);
        Step step = new Step(service, alerts, report);
        run(load, dueAt);
        awaitApplied(service, scopes);
        step.end("all are applied");

        pause(dueAt);
        step.end("nothing is due");

        alerts.await(scopes);
        step.end("all become stale at once");

        run(load, Instant.now().plus(LATER));
        alerts.await(0);
        step.end("all have completed again");

        int few = (int) (FEW * time.toSeconds());
        long begunNs = System.nanoTime();
        for (int number = 0; number < few; number++) {
            Pacing.await(begunNs + number * 1_000_000_000L / FEW);
            load.run("few", number, Instant.now().plus(SOON));
        }
        alerts.await(few);
        step.end(FEW + " a second become stale");
        report.endOfTable();

        report.paragraph("The largest alert record has %,d bytes.", alerts.largest());
        report.paragraph("Resident memory at its peak: %.0f MiB.", service.peakMib());
        stored(service.place(), report);
        classified(service.place(), report);
    }

    private void run(ScopeLoad load, Instant dueAt) {
        for (int number = 0; number < scopes; number++) {
            load.run("scope", number, dueAt);
        }
    }

    private static void awaitApplied(ServiceProcess service, int scopes) throws InterruptedException {
        Patience patience = Patience.of(PATIENCE);
        long applied = 0;
        while (applied != scopes) {
            if (patience.isOver()) {
                throw new BenchFailure(applied + " scopes have completed, expected " + scopes + ".");
            }
            patience.pause();
            applied = (long) service.metric(SUBJECTS, OUTCOMES);
        }
    }

    /** Waits until the scopes are due. */
    private static void pause(Instant dueAt) throws InterruptedException {
        Duration left = Duration.between(Instant.now(), dueAt);
        if (left.isNegative()) {
            throw new BenchFailure("The scopes were due at " + dueAt + ", before all of them were applied.");
        }
        Thread.sleep(left.toMillis());
    }

    /** What the changelog of the ledger leaves after compaction is what its stores hold, but for their expiry indexes. */
    private void stored(Place place, Report report) {
        Map<TopicPartition, Long> ends =
                new Offsets(lab.admin()).ends(topic -> place.owns(topic) && Place.isChangelog(topic));
        Map<Bytes, Integer> sizes = new HashMap<>();
        new TopicReader(lab.bootstrapServers()).read(Map.of(), ends, topic -> true, found -> {
            Bytes key = Bytes.wrap(found.key());
            if (found.value() == null) {
                sizes.remove(key);
            } else {
                sizes.put(key, found.key().length + found.value().length);
            }
        });
        long bytes = sizes.values().stream().mapToLong(Integer::longValue).sum();
        report.paragraph(
                "The stores hold %,d entries, %.1f MiB: %,.0f bytes for each scope.",
                sizes.size(), bytes / MIB, (double) bytes / scopes);
    }

    private void classified(Place place, Report report) {
        long usedBefore = used();
        Classification classification = new Classification(place);
        long begunNs = System.nanoTime();
        classification.read(lab, place);
        double readS = (System.nanoTime() - begunNs) / 1e9;
        double kept = (used() - usedBefore) / MIB;
        begunNs = System.nanoTime();
        Map<String, Long> reasons = classification.reasons(Duration.ofSeconds(1), Instant.now());
        double classifiedMs = (System.nanoTime() - begunNs) / 1e6;
        if (reasons.values().stream().mapToLong(Long::longValue).sum() != classification.scopes()
                || classification.scopes() < scopes) {
            throw new BenchFailure("Of " + scopes + " scopes, these were classified: " + reasons + ".");
        }
        report.paragraph(
                "A reader of all dispositions had %,d scopes after %.1f s, %,.0f bytes each, %.0f MiB of heap in all;"
                        + " classifying them by an age of 1 s took %.1f ms: %s.",
                classification.scopes(), readS, classification.bytesEach(), kept, classifiedMs, reasons);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** From one state to the next. */
    private static final class Step {

        private final ServiceProcess service;
        private final StaleAlerts alerts;
        private final Report report;
        private long begunNs = System.nanoTime();
        private Duration cpu;
        private double sweeps;
        private double sweepSeconds;
        private long records;

        Step(ServiceProcess service, StaleAlerts alerts, Report report) throws InterruptedException {
            this.service = service;
            this.alerts = alerts;
            this.report = report;
            begin();
        }

        private void begin() throws InterruptedException {
            cpu = service.cpu();
            sweeps = service.metric(SWEEP + "count", "");
            sweepSeconds = service.metric(SWEEP + "sum", "");
            records = alerts.records();
            begunNs = System.nanoTime();
        }

        void end(String state) throws InterruptedException {
            double seconds = (System.nanoTime() - begunNs) / 1e9;
            double found = service.metric(SWEEP + "count", "") - sweeps;
            report.row(
                    state,
                    seconds,
                    service.cpu().minus(cpu).toNanos() / 1e9,
                    (long) found,
                    (service.metric(SWEEP + "sum", "") - sweepSeconds) * 1e3 / Math.max(1, found),
                    alerts.records() - records);
            begin();
        }
    }
}
