package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures the cost of one call for the calling thread, in every state of the broker. */
final class LatencyRun {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Kind> WITH_BROKER =
            List.of(Kind.PRODUCER, Kind.ROOM, Kind.SPILL, Kind.SPILL_FORCED_LATER);
    private static final List<Kind> ALL = List.of(
            Kind.NOTHING,
            Kind.PRODUCER,
            Kind.ROOM,
            Kind.SPILL,
            Kind.SPILL_FORCED_LATER,
            Kind.SPILL_FORCED,
            Kind.SQLITE);

    private final Lab lab;
    private final Plan plan;
    private final Report report;
    private final Pace pace = new Pace();

    LatencyRun(Lab lab, Plan plan, Report report) {
        this.lab = lab;
        this.plan = plan;
        this.report = report;
    }

    void run() {
        BrokerProcess near = lab.broker(Duration.ZERO);
        BrokerProcess far = lab.broker(Duration.ofMillis(200));
        report.paragraph(
                "%s",
                "Microseconds of one call on one thread; stalled: all calls over 10 ms together; made: calls"
                        + " made of those due; bytes: allocated by the caller for each call; lost: after the broker was back.");
        report.head(
                "broker", "contender", "p50", "p99", "p99.9", "max", "stalled ms", "made %", "calls", "bytes", "lost");
        Map<Kind, Latencies> up = measure(ALL, BrokerState.UP, near);
        measure(WITH_BROKER, BrokerState.SLOW, far);
        measure(WITH_BROKER, BrokerState.FROZEN, near);
        measure(WITH_BROKER, BrokerState.REFUSED, near);
        report.endOfTable();
        ratios(up);
        new ColdStart(lab, report).run();
    }

    private Map<Kind, Latencies> measure(List<Kind> kinds, BrokerState state, BrokerProcess broker) {
        Map<Kind, Latencies> found = new EnumMap<>(Kind.class);
        kinds.forEach(kind -> found.put(kind, cell(kind, state, broker)));
        return found;
    }

    private Latencies cell(Kind kind, BrokerState state, BrokerProcess broker) {
        Site site = lab.site(broker);
        try (Contender contender = kind.open(site)) {
            pace.during(contender, plan.warmUp());
            contender.settle(PATIENCE);
            System.gc();
            Latencies latencies = measured(contender, state, broker);
            boolean settled = contender.settle(PATIENCE);
            row(kind, state, latencies, settled ? Long.toString(contender.lost()) : "not settled");
            return latencies;
        } finally {
            lab.clear(site);
        }
    }

    private Latencies measured(Contender contender, BrokerState state, BrokerProcess broker) {
        state.begin(broker);
        try {
            return pace.during(contender, state.measured(plan));
        } finally {
            state.end(broker);
        }
    }

    private void row(Kind kind, BrokerState state, Latencies latencies, String lost) {
        report.row(
                kind == Kind.NOTHING || kind == Kind.SQLITE ? "–" : state.label(),
                kind.label(),
                latencies.micros(50),
                latencies.micros(99),
                latencies.micros(99.9),
                latencies.maxMicros(),
                latencies.stalled().toMillis(),
                latencies.madePercent(),
                latencies.calls(),
                latencies.bytesOfEach(),
                lost);
    }

    private void ratios(Map<Kind, Latencies> up) {
        Latencies recorder = up.get(Kind.ROOM);
        report.paragraph("With the broker up, of a peer over the recorder with room:");
        report.head("peer", "p50 ratio", "p99 ratio", "p99.9 ratio");
        for (Kind peer : List.of(Kind.PRODUCER, Kind.SQLITE)) {
            Latencies other = up.get(peer);
            report.row(
                    peer.label(),
                    other.micros(50) / recorder.micros(50),
                    other.micros(99) / recorder.micros(99),
                    other.micros(99.9) / recorder.micros(99.9));
        }
        report.endOfTable();
    }
}
