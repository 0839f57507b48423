package io.foundling.bench.recorder;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The result of callers that reported as fast as they could.
 *
 * @param took until the last event was acknowledged
 * @param cpu of this process, callers included and the broker not
 */
record Burst(long events, Duration took, Duration cpu, long lost) {

    double rate() {
        return (events - lost) / (took.toNanos() / 1e9);
    }

    double cpuSecondsPerMillion() {
        return cpu.toNanos() / 1e9 / (events / 1e6);
    }

    static double medianRate(List<Burst> bursts) {
        return median(bursts, Burst::rate);
    }

    static double medianCpu(List<Burst> bursts) {
        return median(bursts, Burst::cpuSecondsPerMillion);
    }

    private static double median(List<Burst> bursts, ToDoubleFunction<Burst> figure) {
        double[] sorted = bursts.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
