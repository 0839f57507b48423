package io.foundling.console.model.query;

import io.foundling.console.model.table.Tables;
import io.foundling.console.model.table.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How much awaited, how many orphans there were, and how many events were appended, in steps of time. What awaits was
 * counted every minute by the upkeep, and events by whoever read them, by their append times. Both are kept by the minute
 * for two days, and then by the hour.
 *
 * @param since of the first step, which begins there or up to one step before
 * @param until the last step ends there, or up to one step later
 * @param step whole minutes that are a part of an hour, or whole hours
 */
public record CountsOverTime(StageFilter stages, Instant since, Instant until, Duration step) {

    /** How long there is a figure for each minute. */
    public static final Duration BY_THE_MINUTE = Duration.ofDays(2);

    /** As many steps as an answer has at most. */
    public static final int MAX_STEPS = 10_000;

    public CountsOverTime {
        long stepMs = step.toMillis();
        boolean isPart = stepMs > 0 && stepMs % Tally.MINUTE_MS == 0 && Tally.HOUR_MS % stepMs == 0;
        if (!isPart && (stepMs <= 0 || stepMs % Tally.HOUR_MS != 0)) {
            throw new IllegalArgumentException(
                    "step is " + step + ", must be whole minutes that are a part of an hour, or whole hours");
        }
        if (!since.isBefore(until) || Duration.between(since, until).dividedBy(step) > MAX_STEPS) {
            throw new IllegalArgumentException("since is " + since + " and until is " + until
                    + ", must be in this order and at most " + MAX_STEPS + " steps apart");
        }
    }

    /** Asks in minutes if there are figures for each, or else in hours. */
    public static CountsOverTime of(StageFilter stages, Instant since, Instant until, Instant now) {
        boolean isRecent = !since.isBefore(now.minus(BY_THE_MINUTE));
        return new CountsOverTime(stages, since, until, isRecent ? Duration.ofMinutes(1) : Duration.ofHours(1));
    }

    List<CountsAt> answer(Handle handle) {
        NavigableMap<Long, CountsAt> steps = new TreeMap<>();
        for (long ms = floor(since.toEpochMilli()); ms < until.toEpochMilli(); ms += step.toMillis()) {
            steps.put(ms, new CountsAt(Instant.ofEpochMilli(ms), step, Optional.empty(), 0));
        }
        readSamples(handle, steps);
        readEvents(handle, steps);
        return List.copyOf(steps.values());
    }

    /** The first sample of a step counts. One with neither source nor stage is in each, so that nothing means zero. */
    private void readSamples(Handle handle, NavigableMap<Long, CountsAt> steps) {
        Selection<?> filter = filter();
        String sql = "SELECT at_ms, sum(awaiting) AS awaiting, sum(orphans) AS orphans FROM sample"
                + " WHERE at_ms >= :since AND at_ms < :until AND (source = '' OR TRUE" + filter.further()
                + ") GROUP BY at_ms ORDER BY at_ms";
        try (Query query = handle.createQuery(sql)) {
            bind(query, filter, steps);
            query.map((row, context) -> {
                        CountsAt.Level level = new CountsAt.Level(row.getLong("awaiting"), row.getLong("orphans"));
                        return steps.computeIfPresent(
                                floor(row.getLong("at_ms")), (at, known) -> known.withLevel(level));
                    })
                    .list();
        }
    }

    private void readEvents(Handle handle, NavigableMap<Long, CountsAt> steps) {
        Selection<?> filter = filter();
        String sql = "SELECT since_ms, sum(amount) AS events FROM tally WHERE counted = 'EVENT'"
                + " AND since_ms >= :since AND since_ms < :until" + filter.further() + " GROUP BY since_ms";
        try (Query query = handle.createQuery(sql)) {
            bind(query, filter, steps);
            query.map((row, context) -> {
                        long events = row.getLong("events");
                        return steps.computeIfPresent(
                                floor(row.getLong("since_ms")), (at, known) -> known.plus(events));
                    })
                    .list();
        }
    }

    private void bind(Query query, Selection<?> filter, NavigableMap<Long, CountsAt> steps) {
        filter.bindConditions(query);
        query.bind("since", steps.firstKey());
        query.bind("until", steps.lastKey() + step.toMillis());
    }

    private long floor(long ms) {
        return ms - ms % step.toMillis();
    }

    /** The columns of sources and stages have the same names in all tables. */
    private Selection<?> filter() {
        return stages.in(Selection.ascending(Tables.DISPOSITION, "key"));
    }
}
