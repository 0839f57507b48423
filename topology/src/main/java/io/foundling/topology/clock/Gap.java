package io.foundling.topology.clock;

/**
 * Offsets of a source partition that were deleted before they were read.
 *
 * @param topic of the partition
 * @param from the first of them
 * @param to the first offset behind them
 */
public record Gap(String topic, long from, long to) {}
