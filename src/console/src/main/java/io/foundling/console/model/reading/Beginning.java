package io.foundling.console.model.reading;

import io.foundling.console.model.position.Position;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Where the reading of a partition begins, by its position and by what the broker says. Pure. */
enum Beginning {
    /** At the position. */
    CONTINUES("goes on"),

    NEVER_READ("was never read"),

    /** Of the trail, something was deleted before it was read. */
    DELETED_UNREAD("has lost records that were not read"),

    /** Of the trail, the broker has gone back, and no longer has what was read last. */
    END_IS_GONE("has lost records at its end that were read"),

    TOPIC_MADE_ANEW("belongs to a topic that was made anew"),

    /** The database or the broker has gone back to a backup. */
    OFFSETS_DO_NOT_FIT("does not have the offsets that were read"),

    /** Tombstones may be gone that were not read. */
    AWAY_TOO_LONG("was not read for longer than half of delete.retention.ms");

    private final String why;

    Beginning(String why) {
        this.why = why;
    }

    static Beginning of(Optional<Position> known, Ends ends, boolean isCompacted, long nowMs) {
        if (known.isEmpty()) {
            return NEVER_READ;
        }
        Position position = known.get();
        if (!position.topicId().equals(ends.topicId())) {
            return TOPIC_MADE_ANEW;
        }
        if (position.nextOffset() > ends.end()) {
            return isCompacted ? OFFSETS_DO_NOT_FIT : END_IS_GONE;
        }
        if (position.nextOffset() < ends.first()) {
            return isCompacted ? OFFSETS_DO_NOT_FIT : DELETED_UNREAD;
        }
        long kept = ends.tombstonesKept().toMillis() / 2;
        boolean isUnread = position.nextOffset() < ends.end();
        return isCompacted && isUnread && nowMs - position.followedMs() > kept ? AWAY_TOO_LONG : CONTINUES;
    }

    /** Returns the reason, as the end of a sentence about the partition. */
    String why() {
        return why;
    }

    /** Returns where reading begins, if it does not go on at the position. */
    Position position(Position former, Ends ends, long nowMs) {
        boolean isSameLife = this == DELETED_UNREAD || this == END_IS_GONE;
        return new Position(
                former.topicPartition(),
                ends.topicId(),
                isSameLife ? former.generation() : former.generation() + 1,
                this == END_IS_GONE ? ends.end() : ends.first(),
                ends.end(),
                isSameLife && former.swept(),
                isSameLife ? former.begunMs() : nowMs,
                isSameLife ? former.asOfMs() : 0);
    }

    /** Returns where the reading of a partition begins that was never read. */
    static Position first(TopicPartition topicPartition, Ends ends, long nowMs) {
        return new Position(topicPartition, ends.topicId(), 1, ends.first(), ends.end(), true, nowMs, 0);
    }
}
