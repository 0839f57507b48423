package io.foundling.service.config;

import io.foundling.service.metrics.KafkaMetrics;

/**
 * Where the service answers probes and serves metrics, and which.
 *
 * @param port 0 for any free port
 * @param kafkaMetrics which metrics of Kafka's clients are among them
 */
public record HttpAddress(String host, int port, KafkaMetrics kafkaMetrics) {}
