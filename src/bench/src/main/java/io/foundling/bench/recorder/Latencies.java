package io.foundling.bench.recorder;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * The cost of paced calls for their caller.
 *
 * @param histogram the time of each call, in nanoseconds
 * @param stalled the sum of all calls longer than 10 ms
 * @param allocated bytes, by the caller's thread and within the calls
 * @param took from the first call to the end of the last
 */
record Latencies(Histogram histogram, Duration stalled, long allocated, Duration took) {

    double micros(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }

    double maxMicros() {
        return histogram.getMaxValue() / 1e3;
    }

    long calls() {
        return histogram.getTotalCount();
    }

    long bytesOfEach() {
        return Math.round((double) allocated / calls());
    }

    /** Returns how many of the calls that were due were made in time, in percent. */
    double madePercent() {
        double due = took.toNanos() / 1e9 * Plan.CALLS_PER_SECOND;
        return Math.min(100, 100 * calls() / due);
    }
}
