package io.foundling.console.model.query;

/**
 * A row of an answer.
 *
 * @param key of the record; in the trail, topic, partition, generation and offset
 */
public record Found<T>(String key, T record) {}
