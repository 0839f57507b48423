package io.foundling.console.model.upkeep;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.Lock;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.query.CountsOverTime;
import io.foundling.console.model.table.Tally;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/**
 * Notes once a minute how much there is, and keeps the past short: of what is older than two days, the first sample of each
 * hour stays, and the events of an hour are counted together. One thread.
 */
final class Samples {

    /** So long a part of the past is made shorter at once, since nobody can write rows meanwhile. */
    private static final long CHUNK_MS = 6 * Tally.HOUR_MS;

    private static final String BY_THE_MINUTE = "counted = 'EVENT' AND since_ms % " + Tally.HOUR_MS + " <> 0";

    /** What was read up to an earlier time is no figure of the present. */
    private static final long RECENT_MS = 3 * Tally.MINUTE_MS;

    private final Database database;
    private final Set<String> topics;
    private final BooleanSupplier isClosing;
    private long shortenedMs = Long.MIN_VALUE;

    /**
     * @param topics of what awaits, and of orphans
     * @param isClosing whether to end after the present chunk
     */
    Samples(Database database, Set<String> topics, BooleanSupplier isClosing) {
        this.database = database;
        this.topics = Set.copyOf(topics);
        this.isClosing = isClosing;
    }

    /** Takes that of a minute, unless it was taken, or the topics are not read up to now. */
    void take(long nowMs) {
        long atMs = nowMs - nowMs % Tally.MINUTE_MS;
        if (!isUpToDate(nowMs)) {
            return;
        }
        database.write(handle -> {
            boolean isFirst = handle.createUpdate("INSERT INTO sample (at_ms, source, stage, awaiting, orphans)"
                                    + " VALUES (:at, '', '', 0, 0) ON CONFLICT (at_ms, source, stage) DO NOTHING")
                            .bind("at", atMs)
                            .execute()
                    == 1;
            if (isFirst) {
                handle.createUpdate(
                                "INSERT INTO sample (at_ms, source, stage, awaiting, orphans)"
                                        + " SELECT :at, source, stage, sum(CASE WHEN counted = 'AWAITING' THEN amount ELSE 0 END),"
                                        + " sum(CASE WHEN counted = 'ORPHAN' THEN amount ELSE 0 END) FROM tally"
                                        + " WHERE counted IN ('AWAITING', 'ORPHAN') GROUP BY source, stage HAVING max(amount) > 0")
                        .bind("at", atMs)
                        .execute();
            }
            return null;
        });
    }

    private boolean isUpToDate(long nowMs) {
        return database.read(Positions::all).stream()
                .filter(position ->
                        topics.contains(position.topic()) && !position.topicId().isEmpty())
                .allMatch(position -> position.swept() && position.asOfMs() >= nowMs - RECENT_MS);
    }

    /** Deletes what is older than the trail, and empty tallies. */
    void deleteBefore(long ms) {
        database.write(handle -> handle.createUpdate("DELETE FROM sample WHERE at_ms < :before")
                .bind("before", ms)
                .execute());
        database.write(handle -> {
            database.lock(handle, Lock.TALLY, true);
            handle.createUpdate("DELETE FROM tally WHERE counted = 'EVENT' AND since_ms < :before")
                    .bind("before", ms - Tally.HOUR_MS)
                    .execute();
            return handle.createUpdate("DELETE FROM tally WHERE counted <> 'EVENT' AND amount = 0")
                    .execute();
        });
    }

    /** Makes what is by the minute, and older than two days, into what is by the hour. Does so once an hour. */
    void shorten(long nowMs) {
        long beforeMs = nowMs - CountsOverTime.BY_THE_MINUTE.toMillis();
        long limitMs = beforeMs - beforeMs % Tally.HOUR_MS;
        if (limitMs <= shortenedMs) {
            return;
        }
        database.write(handle -> handle.createUpdate("DELETE FROM sample WHERE at_ms < :limit AND at_ms NOT IN"
                        + " (SELECT min(at_ms) FROM sample WHERE at_ms < :limit GROUP BY at_ms / " + Tally.HOUR_MS
                        + ")")
                .bind("limit", limitMs)
                .execute());
        while (shortenEvents(limitMs)) {
            if (isClosing.getAsBoolean()) {
                return;
            }
        }
        shortenedMs = limitMs;
    }

    private boolean shortenEvents(long limitMs) {
        return database.write(handle -> {
            database.lock(handle, Lock.TALLY, true);
            Optional<Long> first = handle.createQuery(
                            "SELECT min(since_ms) FROM tally WHERE since_ms < :limit AND " + BY_THE_MINUTE)
                    .bind("limit", limitMs)
                    .mapTo(Long.class)
                    .findOne();
            first.ifPresent(fromMs -> join(handle, fromMs, Math.min(limitMs, fromMs + CHUNK_MS)));
            return first.isPresent();
        });
    }

    private static void join(Handle handle, long fromMs, long toMs) {
        String minutes = " FROM tally WHERE since_ms >= :from AND since_ms < :to AND " + BY_THE_MINUTE;
        handle.createUpdate("INSERT INTO tally (counted, since_ms, source, stage, name, amount)"
                        + " SELECT counted, since_ms - since_ms % " + Tally.HOUR_MS
                        + ", source, stage, name, sum(amount)"
                        + minutes + " GROUP BY 1, 2, 3, 4, 5 ON CONFLICT (counted, since_ms, source, stage, name)"
                        + " DO UPDATE SET amount = tally.amount + excluded.amount")
                .bind("from", fromMs)
                .bind("to", toMs)
                .execute();
        handle.createUpdate("DELETE" + minutes)
                .bind("from", fromMs)
                .bind("to", toMs)
                .execute();
    }
}
