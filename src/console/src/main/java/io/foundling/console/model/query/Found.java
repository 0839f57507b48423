package io.foundling.console.model.query;

import java.time.Instant;
import java.util.Optional;

/**
 * A row of an answer.
 *
 * @param key of the record; in the trail, topic, partition, generation and offset
 * @param written where and when the record was written; none of what is no record of a topic
 */
public record Found<T>(String key, T record, Optional<Written> written) {

    /** Makes one of what is no record of a topic. */
    public Found(String key, T record) {
        this(key, record, Optional.empty());
    }

    /**
     * Where a record is in its topic.
     *
     * @param at its append time, where the topic has LogAppendTime
     * @param place of a record of the trail
     */
    public record Written(int partition, Instant at, Optional<Place> place) {}

    /**
     * Where a record of the trail is.
     *
     * @param subjectKey of the subject it is about; none if its key is no text
     */
    public record Place(String topic, long offset, Optional<String> subjectKey) {}
}
