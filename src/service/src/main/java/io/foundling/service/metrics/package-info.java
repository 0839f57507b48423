/**
 * The metrics of the service in Prometheus format. Every metric that Foundling adds is declared in
 * {@link io.foundling.service.metrics.MetricNames}; updates come from stream threads, reads from HTTP threads.
 */
package io.foundling.service.metrics;
