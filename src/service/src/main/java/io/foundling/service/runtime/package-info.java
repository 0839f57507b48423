/**
 * Runs the topology: Kafka Streams and its settings, the prober that feeds the audit clocks, health, start and stop.
 * Owned by the main thread; the prober has a thread of its own.
 */
package io.foundling.service.runtime;
