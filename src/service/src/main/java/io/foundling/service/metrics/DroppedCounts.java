package io.foundling.service.metrics;

import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.task.DropReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many events the reporters of each source say they dropped (rule A5). Every event of a reporter carries its count,
 * in every partition: so the highest count of each life of a reporter counts, once for all tasks of this instance, and a
 * report that is read again adds nothing. It knows a bounded number of reporters; one that it forgot counts anew when it
 * reports again. It keeps nothing over a restart. Written by stream threads, read by any.
 */
final class DroppedCounts {

    static final int MAX_REPORTERS = 10_000;

    private final MeterRegistry registry;
    private final Map<Reporter, Said> reporters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Reporter, Said> eldest) {
            return size() > MAX_REPORTERS;
        }
    };
    private final Map<String, AtomicLong> bySource = new HashMap<>();

    private record Reporter(String source, String service, String instance) {}

    /** The highest count of the present life of a reporter, and the times of the latest events that said so. */
    private record Said(long dropped, long occurredAtMs, long appendedAtMs) {

        static final Said NOTHING = new Said(0, Long.MIN_VALUE, Long.MIN_VALUE);

        /**
         * A reporter that starts again counts from 0. Its former events may be sent and read after its new ones, but
         * they did not happen later.
         */
        boolean isOfAnEarlierLife(DropReport report) {
            return report.dropped() < dropped
                    && report.occurredAtMs() > occurredAtMs
                    && report.appendedAtMs() > appendedAtMs;
        }

        Said with(DropReport report) {
            return report.dropped() < dropped
                    ? this
                    : new Said(
                            report.dropped(),
                            Math.max(occurredAtMs, report.occurredAtMs()),
                            Math.max(appendedAtMs, report.appendedAtMs()));
        }
    }

    DroppedCounts(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void add(DropReport report) {
        Reporter reporter = new Reporter(report.source(), report.service(), report.instance());
        Said known = reporters.getOrDefault(reporter, Said.NOTHING);
        if (report.dropped() == 0 && known.dropped() == 0) {
            return;
        }
        Said before = known.isOfAnEarlierLife(report) ? Said.NOTHING : known;
        Said now = before.with(report);
        reporters.put(reporter, now);
        long more = now.dropped() - before.dropped();
        bySource.computeIfAbsent(report.source(), this::opened).updateAndGet(sum -> Times.plus(sum, more));
    }

    private AtomicLong opened(String source) {
        AtomicLong sum = new AtomicLong();
        Gauge.builder(MetricNames.DROPPED_EVENTS.name(), sum, AtomicLong::doubleValue)
                .description(MetricNames.DROPPED_EVENTS.description())
                .tag(MetricNames.SOURCE, source)
                .register(registry);
        return sum;
    }
}
