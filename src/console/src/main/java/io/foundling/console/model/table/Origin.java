package io.foundling.console.model.table;

/**
 * Where a record was read.
 *
 * @param generation counts how often its partition was read from the beginning
 * @param writtenMs the timestamp of the record: its append time, where the topic has LogAppendTime
 */
public record Origin(String topic, int partition, int generation, long offset, long writtenMs) {}
