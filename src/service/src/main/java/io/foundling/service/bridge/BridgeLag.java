package io.foundling.service.bridge;

import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How many records the consumers of a Streams client have not fetched yet, as they know it themselves. */
final class BridgeLag {

    private BridgeLag() {}

    static double of(KafkaStreams streams) {
        double lag = 0;
        for (Metric metric : streams.metrics().values()) {
            if (isLag(metric.metricName()) && metric.metricValue() instanceof Double records && records > 0) {
                lag += records;
            }
        }
        return lag;
    }

    private static boolean isLag(MetricName name) {
        return name.name().equals("records-lag") && name.group().equals("consumer-fetch-manager-metrics");
    }
}
