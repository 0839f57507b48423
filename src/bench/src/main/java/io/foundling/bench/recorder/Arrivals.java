package io.foundling.bench.recorder;

/**
 * What a topic received.
 *
 * @param events how many different events
 * @param doubled how many records repeat one of them
 * @param lastMs when the broker appended the last one, by its wall clock; zero without any
 */
record Arrivals(long events, long doubled, long lastMs) {}
