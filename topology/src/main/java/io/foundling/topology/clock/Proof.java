package io.foundling.topology.clock;

/**
 * What the broker said about a source partition after a time was noted.
 *
 * @param timeMs the time T that was noted before the broker was asked
 * @param highWatermark the end of the partition as an uncommitted reader sees it
 * @param logStart its first offset
 */
public record Proof(long timeMs, long highWatermark, long logStart) {}
