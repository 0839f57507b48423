/**
 * Measures what a recorder costs its service, compared with the alternatives of the service. {@code RecorderBench} runs
 * everything. Callers run in this JVM, the broker in a child JVM that can be frozen and killed.
 */
package io.foundling.bench.recorder;
