/**
 * The meters of a recorder in a Micrometer registry, for upstream services that use Micrometer. Every type may be used
 * from any thread. Counters are updated on threads of the service and of its recorder; gauges are read on threads of
 * the registry.
 */
package io.foundling.client.micrometer;
