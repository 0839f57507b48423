package io.foundling.service.metrics;

import java.util.List;

/**
 * One metric as it is exposed.
 *
 * @param name as Prometheus shows it; of a timer, without {@code _count}, {@code _sum} and {@code _max}
 * @param description what it measures and, where it is not obvious, what a change of it means
 */
public record Metric(String name, Kind kind, List<String> labels, String description) {

    /** The kinds of metrics. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMER
    }
}
