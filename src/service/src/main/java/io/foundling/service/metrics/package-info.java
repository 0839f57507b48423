/**
 * What the service measures, in Prometheus format. Every name of ours is declared in {@link
 * io.foundling.service.metrics.MetricNames}; updates come from stream threads, reads from HTTP threads.
 */
package io.foundling.service.metrics;
