package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how many events a second reach the broker when callers report as fast as they can. */
final class ThroughputRun {

    private static final List<Kind> KINDS = List.of(Kind.PRODUCER, Kind.PATIENT, Kind.SPILL);

    private final Lab lab;
    private final Plan plan;
    private final Report report;

    ThroughputRun(Lab lab, Plan plan, Report report) {
        this.lab = lab;
        this.plan = plan;
        this.report = report;
    }

    void run() {
        BrokerProcess broker = lab.broker(Duration.ZERO);
        report.paragraph(
                "Calls for %d s, then a flush: the time ends when all are acknowledged. Contenders take turns, medians of %d.",
                plan.bursts().length().toSeconds(), plan.bursts().rounds());
        report.head(
                "threads", "contender", "events/s", "of the producer's", "CPU s per M events", "lost", "each round");
        for (int threads : new int[] {1, 4}) {
            report(threads, rounds(threads, broker));
        }
        report.endOfTable();
    }

    private Map<Kind, List<Burst>> rounds(int threads, BrokerProcess broker) {
        Map<Kind, List<Burst>> bursts = new LinkedHashMap<>();
        for (int round = 0; round < plan.bursts().rounds(); round++) {
            for (Kind kind : KINDS) {
                bursts.computeIfAbsent(kind, none -> new ArrayList<>()).add(burst(kind, threads, broker));
            }
        }
        return bursts;
    }

    private Burst burst(Kind kind, int threads, BrokerProcess broker) {
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

    private void report(int threads, Map<Kind, List<Burst>> rounds) {
        double producer = Burst.medianRate(rounds.get(Kind.PRODUCER));
        rounds.forEach((kind, bursts) -> report.row(
                threads,
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
