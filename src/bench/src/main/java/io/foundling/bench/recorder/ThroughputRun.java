package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how many events a second reach the broker when callers report as fast as they can. The queue is full most of
 * the time, so the run also shows what it costs a recorder to let its callers wait.
 */
final class ThroughputRun {

    private final Lab lab;
    private final Plan plan;
    private final Report report;
    private final List<Kind> kinds;
    private final List<CallerThreads> callers;

    private ThroughputRun(Lab lab, Plan plan, Report report, List<Kind> kinds, List<CallerThreads> callers) {
        this.lab = lab;
        this.plan = plan;
        this.report = report;
        this.kinds = kinds;
        this.callers = callers;
    }

    /** A few callers, and those kinds that lose nothing. */
    static ThroughputRun ofKinds(Lab lab, Plan plan, Report report) {
        return new ThroughputRun(
                lab,
                plan,
                report,
                List.of(Kind.PRODUCER, Kind.PATIENT, Kind.SPILL),
                List.of(CallerThreads.platform(1), CallerThreads.platform(4)));
    }

    /** One, many and very many callers, and the default queue and limits of a recorder. */
    static ThroughputRun ofCallers(Lab lab, Plan plan, Report report) {
        return new ThroughputRun(
                lab,
                plan,
                report,
                List.of(Kind.PRODUCER, Kind.BLOCK),
                List.of(CallerThreads.platform(1), CallerThreads.platform(200), CallerThreads.virtual(10_000, 2_000)));
    }

    void run() {
        BrokerProcess broker = lab.broker(Duration.ZERO);
        report.paragraph(
                "Calls for %d s, then a flush: the time ends when all are acknowledged."
                        + " Contenders take turns, medians of %d.",
                plan.bursts().length().toSeconds(), plan.bursts().rounds());
        report.head(
                "callers", "contender", "events/s", "of the producer's", "CPU s per M events", "lost", "each round");
        for (CallerThreads threads : callers) {
            report(threads, rounds(threads, broker));
        }
        report.endOfTable();
    }

    private Map<Kind, List<Burst>> rounds(CallerThreads threads, BrokerProcess broker) {
        Map<Kind, List<Burst>> bursts = new LinkedHashMap<>();
        for (int round = 0; round < plan.bursts().rounds(); round++) {
            for (Kind kind : kinds) {
                bursts.computeIfAbsent(kind, none -> new ArrayList<>()).add(burst(kind, threads, broker));
            }
        }
        return bursts;
    }

    private Burst burst(Kind kind, CallerThreads threads, BrokerProcess broker) {
        Site site = lab.site(broker);
        try (Contender contender = kind.open(site)) {
            Callers callers = new Callers(contender, threads);
            callers.burst(plan.warmUp());
            System.gc();
            return callers.burst(plan.bursts().length());
        } finally {
            lab.clear(site);
        }
    }

    private void report(CallerThreads threads, Map<Kind, List<Burst>> rounds) {
        double producer = Burst.medianRate(rounds.get(Kind.PRODUCER));
        rounds.forEach((kind, bursts) -> report.row(
                threads.label(),
                kind.label(),
                Burst.medianRate(bursts),
                Burst.medianRate(bursts) / producer,
                Burst.medianCpu(bursts),
                bursts.stream().mapToLong(Burst::lost).sum(),
                bursts.stream()
                        .map(burst -> Math.round(burst.rate() / 1e3) + "k")
                        .toList()));
    }
}
