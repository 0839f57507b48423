package io.foundling.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the metrics of the service say.
 *
 * @param events records read from the source topic
 * @param duplicates those that changed nothing
 * @param outOfStep facts that another clock or thread put behind an outcome they belong before
 * @param clockLagSeconds how far the slowest audit clock is behind
 */
record ServiceFigures(long events, long duplicates, long outOfStep, double clockLagSeconds) {

    private static final Pattern SAMPLE = Pattern.compile("^(foundling_\\w+)\\{([^}]*)} (\\S+)$", Pattern.MULTILINE);

    /** Reads metrics in the Prometheus text format. */
    static ServiceFigures of(String metrics) {
        double events = 0;
        double duplicates = 0;
        double outOfStep = 0;
        double lag = 0;
        for (Matcher sample = SAMPLE.matcher(metrics); sample.find(); ) {
            double value = Double.parseDouble(sample.group(3));
            if (sample.group(1).equals("foundling_events_total")) {
                events += value;
                duplicates += sample.group(2).contains("result=\"duplicate\"") ? value : 0;
            } else if (sample.group(1).equals("foundling_out_of_step_total")) {
                outOfStep += value;
            } else if (sample.group(1).equals("foundling_audit_clock_lag_seconds")) {
                lag = Math.max(lag, value);
            }
        }
        return new ServiceFigures((long) events, (long) duplicates, (long) outOfStep, lag);
    }
}
