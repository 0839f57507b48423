/**
 * The meters of a recorder in a Micrometer registry, for upstream services that have one. Every type may be used from any
 * thread; counters are updated on the threads of the service and of its recorder, gauges read on those of the registry.
 */
package io.foundling.client.micrometer;
