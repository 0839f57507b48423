package io.foundling.service.runtime;

/**
 * The two ends of a partition.
 *
 * @param logStart the first offset that it holds
 * @param highWatermark its end as an uncommitted reader sees it
 */
record PartitionEnds(long logStart, long highWatermark) {}
