package io.foundling.console.model.position;

import org.apache.kafka.common.TopicPartition;

/**
 * How far a partition was read.
 *
 * @param topicId of the topic; another topic of the same name has another one
 * @param generation counts how often the partition was read from its beginning
 * @param catchUpOffset where the partition ended when the generation began
 * @param swept whether the rows of former generations are gone
 * @param begunMs when the generation began
 * @param asOfMs up to when the partition was read completely; 0 if the generation has not caught up
 */
public record Position(
        TopicPartition topicPartition,
        String topicId,
        int generation,
        long nextOffset,
        long catchUpOffset,
        boolean swept,
        long begunMs,
        long asOfMs) {

    public String topic() {
        return topicPartition.topic();
    }

    public int partition() {
        return topicPartition.partition();
    }

    /** Whether every key that the partition had when the generation began has been read. */
    public boolean hasCaughtUp() {
        return nextOffset >= catchUpOffset;
    }

    /** Returns up to when no tombstone can have been removed unread. */
    public long followedMs() {
        return Math.max(begunMs, asOfMs);
    }

    /** Returns the position after what was read next. */
    public Position advanced(long next, long readThroughMs) {
        long asOf = next >= catchUpOffset ? Math.max(asOfMs, readThroughMs) : asOfMs;
        return new Position(topicPartition, topicId, generation, next, catchUpOffset, swept, begunMs, asOf);
    }
}
