package io.foundling.console.model.upkeep;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.Lock;
import io.foundling.console.model.writing.TallyChanges;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts rows anew once a day, and mends tallies that do not agree with them. That happens if a compacted topic got more
 * partitions in place, so that a key is in two of them, which are read at the same time. Meanwhile nothing is written that
 * is counted: for about a second with a million rows. One thread.
 */
final class Recount {

    private static final Logger LOG = LoggerFactory.getLogger(Recount.class);
    private static final Duration EVERY = Duration.ofDays(1);

    private final Database database;
    private long nextMs;

    /** @param nowMs a day before the first time */
    Recount(Database database, long nowMs) {
        this.database = database;
        nextMs = nowMs + EVERY.toMillis();
    }

    /** Does so if it is time. */
    void run(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        nextMs = nowMs + EVERY.toMillis();
        int wrong = database.write(handle -> {
            database.lock(handle, Lock.TALLY, true);
            return TallyChanges.recount(handle);
        });
        if (wrong > 0) {
            LOG.warn("{} tallies did not agree with the rows that they count, and do so again", wrong);
        }
    }
}
