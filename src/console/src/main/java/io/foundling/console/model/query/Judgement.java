package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Freshness;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Schedule;
import io.foundling.topology.lifecycle.Stale;
import io.foundling.topology.lifecycle.Staleness;
import io.foundling.topology.lifecycle.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Classifies scopes by what a row says, with the rules of the ledger. A scope with an active warning is STUCK whatever the
 * clock is: the ledger has published the warning, and reports its clock only every 10 s.
 *
 * @param olderThan the age that counts instead of what is declared, or demanded by a policy
 */
record Judgement(JudgedClocks clocks, ScopeSchedules schedules, Optional<Duration> olderThan) {

    /** Those of a disposition that it reads. */
    static final String COLUMNS = "key, partition, source, stage, written_ms, declared_ms, max_age_ms, active_since_ms,"
            + " warned_ms, end_status, end_ms";

    /** Why a scope is stale, if it is. */
    record Verdict(Classification classification, Optional<Instant> since, Instant judgedAt) {

        ClassifiedScope on(Disposition scope) {
            return new ClassifiedScope(scope, classification, since, judgedAt);
        }
    }

    Verdict of(ResultSet row) throws SQLException {
        JudgedClocks.Clock clock = clocks.of(row.getInt("partition"), row.getString("source"));
        Freshness freshness = freshness(row);
        for (Stale reason : freshness.reasons(schedule(row.getString("key"), freshness))) {
            boolean isWarned = reason.reason() == Staleness.STUCK && freshness.warnedMs() != Times.NEVER;
            if (reason.begins() && (isWarned || isDue(reason.limitMs(), row.getLong("written_ms"), clock))) {
                return new Verdict(
                        Classification.of(reason.reason()),
                        Optional.of(Instant.ofEpochMilli(reason.limitMs())),
                        Instant.ofEpochMilli(clock.ms()));
            }
        }
        return new Verdict(Classification.FRESH, Optional.empty(), Instant.ofEpochMilli(clock.ms()));
    }

    /** When the newest event was appended is not published; it was before the disposition was written. */
    private static boolean isDue(long limitMs, long writtenMs, JudgedClocks.Clock clock) {
        return clock.ms() > clock.delay().dueMs(limitMs, writtenMs, Times.NEVER);
    }

    private Schedule schedule(String scopeKey, Freshness freshness) {
        if (olderThan.isPresent()) {
            return Schedule.every(olderThan.get().toMillis());
        }
        Optional<? extends Schedule> demanded = schedules.of(scopeKey);
        return demanded.isPresent()
                ? demanded.get()
                : Schedule.every(freshness.declaration().maxAgeMs());
    }

    private static Freshness freshness(ResultSet row) throws SQLException {
        String end = row.getString("end_status");
        return new Freshness(
                new Declaration(number(row, "declared_ms", Times.NEVER), number(row, "max_age_ms", Fact.NOT_SAID)),
                number(row, "warned_ms", Times.NEVER),
                number(row, "active_since_ms", Times.NEVER),
                end == null ? RunEnd.NONE : new RunEnd(Status.valueOf(end), row.getLong("end_ms")));
    }

    private static long number(ResultSet row, String column, long none) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? none : value;
    }
}
