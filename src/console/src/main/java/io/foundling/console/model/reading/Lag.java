package io.foundling.console.model.reading;

import java.time.Duration;

/**
 * How far the read model is behind a topic.
 *
 * @param records that are unread
 * @param time since the last record that was read; zero if all are
 */
public record Lag(String topic, long records, Duration time) {

    /** Returns that of two partitions of a topic together. */
    Lag plus(Lag other) {
        return new Lag(topic, records + other.records, time.compareTo(other.time) > 0 ? time : other.time);
    }
}
