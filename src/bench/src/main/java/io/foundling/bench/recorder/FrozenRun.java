package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Measures the effect of a broker that is frozen for a while, with the default queue of a recorder. */
final class FrozenRun {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<Kind> KINDS = List.of(
            Kind.PRODUCER, Kind.DEFAULT_BLOCK, Kind.DEFAULT_DROP_NEWEST, Kind.DEFAULT_DROP_OLDEST, Kind.DEFAULT_SPILL);

    private final Lab lab;
    private final Plan plan;
    private final Report report;
    private final Pace pace = new Pace();

    FrozenRun(Lab lab, Plan plan, Report report) {
        this.lab = lab;
        this.plan = plan;
        this.report = report;
    }

    void run() {
        BrokerProcess broker = lab.broker(Duration.ZERO);
        report.paragraph(
                "The broker is frozen for %d s; %,d calls are due in that time, late ones are made after it.",
                plan.freeze().toSeconds(), callsDue());
        report.head(
                "contender",
                "stalled s",
                "longest call s",
                "calls",
                "lost (callers)",
                "lost (metrics)",
                "arrived",
                "missing",
                "doubled",
                "all arrived, s after the thaw");
        KINDS.forEach(kind -> row(kind, broker));
        report.endOfTable();
    }

    private long callsDue() {
        return plan.freeze().toSeconds() * Plan.CALLS_PER_SECOND;
    }

    private void row(Kind kind, BrokerProcess broker) {
        Site site = lab.site(broker);
        try (Contender contender = kind.open(site);
                TopicReading topic = new TopicReading(site)) {
            pace.during(contender, plan.warmUp());
            contender.settle(PATIENCE);
            long lostBefore = contender.lost();
            Map<TopicPartition, Long> before = topic.ends();
            broker.freeze();
            CompletableFuture<Long> thaw = CompletableFuture.supplyAsync(() -> thawLater(broker));
            Latencies latencies = pace.times(contender, callsDue());
            long thawedMs = thaw.join();
            String settled = contender.settle(PATIENCE) ? "" : " (not all)";
            Arrivals arrivals = topic.after(before);
            report.row(
                    kind.label(),
                    latencies.stalled().toMillis() / 1e3,
                    latencies.maxMicros() / 1e6,
                    latencies.calls(),
                    contender.lost() - lostBefore,
                    contender.lostByMetrics().isPresent()
                            ? contender.lostByMetrics().getAsLong()
                            : "–",
                    arrivals.events(),
                    latencies.calls() - arrivals.events(),
                    arrivals.doubled(),
                    (arrivals.lastMs() - thawedMs) / 1e3 + settled);
        } finally {
            lab.clear(site);
        }
    }

    /** Returns when the broker was thawed, by the wall clock. */
    private long thawLater(BrokerProcess broker) {
        try {
            Thread.sleep(plan.freeze().toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            broker.thaw();
        }
        return System.currentTimeMillis();
    }
}
