package io.foundling.topology.clock;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** The time up to which a task has provably read everything, in epoch milliseconds. Used by its stream thread only. */
public interface AuditClock extends AutoCloseable {

    /** What {@link #nowMs} returns until the first proof. */
    long UNSET = Long.MIN_VALUE;

    /** Returns the clock; it never goes back in a task's life. */
    long nowMs();

    /** Says that a record of a source partition of this task has been processed. */
    void processed(String topic, int partition, long offset);

    /** Says which topics earlier lives of this task have read, by name; an id that is not known is zero. */
    default void readBefore(Map<String, Uuid> topicIds) {}

    /** Returns the ids of the topics that this task reads, as far as they are known. */
    default Map<String, Uuid> topicIds() {
        return Map.of();
    }

    /** Returns which offsets were found to be deleted unread since the last call; the next life finds them again. */
    default List<Gap> takeGaps() {
        return List.of();
    }

    /** Ends this task's life on this thread. */
    @Override
    void close();
}
