package io.foundling.console.model.position;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The table {@code position}. Each change compares with what the caller knows, and does nothing if another process has
 * changed it: a generation and an offset in it never come back.
 */
public final class Positions {

    /** In place of a time: the time of the first record that is read will be written there. */
    private static final long FIRST_RECORD = -1;

    private static final String UNCHANGED =
            " WHERE topic = :topic AND partition = :partition AND generation = :generation AND next_offset = :old";

    private Positions() {}

    /** Returns the position of a partition; none if it was never read. */
    public static Optional<Position> find(Handle handle, String topic, int partition) {
        return handle.createQuery("SELECT * FROM position WHERE topic = :topic AND partition = :partition")
                .bind("topic", topic)
                .bind("partition", partition)
                .map((row, context) -> position(row))
                .findOne();
    }

    public static List<Position> all(Handle handle) {
        return handle.createQuery("SELECT * FROM position ORDER BY topic, partition")
                .map((row, context) -> position(row))
                .list();
    }

    /**
     * Begins a partition that was never read.
     *
     * @param isComplete whether nothing of it was deleted yet
     */
    public static void begin(Handle handle, Position first, boolean isComplete) {
        bind(
                        handle.createUpdate(
                                "INSERT INTO position (topic, partition, topic_id, generation, next_offset, catch_up_offset,"
                                        + " swept, begun_ms, as_of_ms, complete_since_ms, passed_over, leader_epoch) VALUES"
                                        + " (:topic, :partition, :topicId, :generation, :next, :catchUp, :swept, :begun,"
                                        + " :asOf, :since, 0, -1)"
                                        + " ON CONFLICT (topic, partition) DO NOTHING"),
                        first)
                .bind("next", first.nextOffset())
                .bind("since", isComplete ? 0 : FIRST_RECORD)
                .execute();
    }

    /**
     * Begins another generation of a partition; or goes on behind a gap in the same one, or at an earlier offset, where
     * nothing is missing then.
     *
     * @return whether no other process changed the position meanwhile
     */
    public static boolean restart(Handle handle, Position old, Position next) {
        return bind(
                                handle.createUpdate(
                                        "UPDATE position SET topic_id = :topicId, generation = :next_generation,"
                                                + " next_offset = :next, catch_up_offset = :catchUp, swept = :swept, begun_ms = :begun,"
                                                + " as_of_ms = :asOf, leader_epoch = -1, complete_since_ms = CASE WHEN :next < next_offset AND"
                                                + " :next_generation = generation THEN complete_since_ms ELSE :since END"
                                                + UNCHANGED),
                                next)
                        .bind("next_generation", next.generation())
                        .bind("generation", old.generation())
                        .bind("old", old.nextOffset())
                        .bind("next", next.nextOffset())
                        .bind("since", FIRST_RECORD)
                        .execute()
                == 1;
    }

    /**
     * Moves a position on.
     *
     * @param firstMs time of the first record in between
     * @param passedOver how many records in between could not be decoded
     * @param leaderEpoch of the leader whose records are before the position; negative: the one that is known stays
     * @return whether no other process changed the position meanwhile; otherwise the transaction must be rolled back
     */
    public static boolean advance(
            Handle handle, Position old, Position next, long firstMs, int passedOver, int leaderEpoch) {
        return bind(
                                handle.createUpdate("UPDATE position SET next_offset = :next, as_of_ms = :asOf,"
                                        + " passed_over = passed_over + :passedOver, leader_epoch ="
                                        + " CASE WHEN :epoch < 0 THEN leader_epoch ELSE :epoch END, complete_since_ms ="
                                        + " CASE WHEN complete_since_ms < 0 THEN :first ELSE complete_since_ms END"
                                        + UNCHANGED),
                                next)
                        .bind("old", old.nextOffset())
                        .bind("next", next.nextOffset())
                        .bind("first", firstMs)
                        .bind("passedOver", passedOver)
                        .bind("epoch", leaderEpoch)
                        .execute()
                == 1;
    }

    /** Returns of which leader the records are that were read last; none if that is not known. */
    public static Optional<Integer> leaderEpoch(Handle handle, Position position) {
        return handle.createQuery("SELECT leader_epoch FROM position WHERE topic = :topic AND partition = :partition"
                        + " AND leader_epoch >= 0")
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .mapTo(Integer.class)
                .findOne();
    }

    /** Counts further records that were passed over. */
    public static void passedOver(Handle handle, Position position, int records) {
        if (records > 0) {
            handle.createUpdate("UPDATE position SET passed_over = passed_over + :records WHERE topic = :topic"
                            + " AND partition = :partition")
                    .bind("records", records)
                    .bind("topic", position.topic())
                    .bind("partition", position.partition())
                    .execute();
        }
    }

    /** Notes that the rows of former generations are gone. */
    public static void swept(Handle handle, Position position) {
        handle.createUpdate("UPDATE position SET swept = TRUE WHERE topic = :topic AND partition = :partition"
                        + " AND generation = :generation")
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .bind("generation", position.generation())
                .execute();
    }

    /**
     * Makes the rows of partitions that a topic does not have any more those of a former generation. Their positions
     * belong to no topic, and count in nothing that is said of one.
     */
    public static void retire(Handle handle, String topic, int partitions) {
        handle.createUpdate("UPDATE position SET generation = generation + 1, catch_up_offset = next_offset,"
                        + " swept = FALSE, topic_id = '' WHERE topic = :topic AND partition >= :partitions")
                .bind("topic", topic)
                .bind("partitions", partitions)
                .execute();
    }

    /** Notes that nothing older than this is left of a topic of the trail. */
    public static void completeSince(Handle handle, String topic, long ms) {
        handle.createUpdate("UPDATE position SET complete_since_ms = :ms WHERE topic = :topic"
                        + " AND complete_since_ms >= 0 AND complete_since_ms < :ms")
                .bind("topic", topic)
                .bind("ms", ms)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Position position) {
        return statement
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .bind("topicId", position.topicId())
                .bind("generation", position.generation())
                .bind("catchUp", position.catchUpOffset())
                .bind("swept", position.swept())
                .bind("begun", position.begunMs())
                .bind("asOf", position.asOfMs());
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(
                new TopicPartition(row.getString("topic"), row.getInt("partition")),
                row.getString("topic_id"),
                row.getInt("generation"),
                row.getLong("next_offset"),
                row.getLong("catch_up_offset"),
                row.getBoolean("swept"),
                row.getLong("begun_ms"),
                row.getLong("as_of_ms"));
    }
}
