/**
 * What a recorder costs the service that links it, against what a service would do without it: {@code RecorderBench} runs
 * everything. Callers run in this JVM, the broker in a child that can be frozen and killed.
 */
package io.foundling.bench.recorder;
