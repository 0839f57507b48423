package io.foundling.console.model.query;

import io.foundling.audit.AlertType;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.table.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How much awaits, how many orphans there are, and which alerts fire. It reads the tallies that are kept with the rows, so
 * its cost does not grow with them. An age is exact within half an hour: what awaits is counted by the hour in which it
 * entered its status, as if that had been in the middle of the hour.
 *
 * @param ages limits between bands of ages, in ascending order: the first band is what is younger than the first of them,
 *     the last what is as old as the last, or older
 * @param now as of which ages count
 */
public record Counts(StageFilter stages, List<Duration> ages, Instant now) {

    private static final long HALF_AN_HOUR_MS = Tally.HOUR_MS / 2;

    public Counts {
        ages = List.copyOf(ages);
        for (int i = 0; i < ages.size(); i++) {
            Duration former = i == 0 ? Duration.ZERO : ages.get(i - 1);
            if (ages.get(i).compareTo(former) <= 0) {
                throw new IllegalArgumentException("ages are " + ages + ", must be above zero and in ascending order");
            }
        }
    }

    CurrentCounts answer(Handle handle) {
        return new CurrentCounts(awaiting(handle), orphans(handle), alerts(handle));
    }

    private List<AwaitingCount> awaiting(Handle handle) {
        Selection<?> filter = filter();
        StringBuilder band = new StringBuilder(" CASE");
        for (int i = 0; i < ages.size(); i++) {
            band.append(" WHEN since_ms > :age").append(i).append(" THEN ").append(i);
        }
        String sql = "SELECT source, stage, name," + (ages.isEmpty() ? " 0" : band + " ELSE " + ages.size() + " END")
                + " AS band, sum(amount) AS amount FROM tally WHERE counted = 'AWAITING'" + filter.further()
                + " GROUP BY source, stage, name, band ORDER BY source, stage, name, band";
        try (Query query = handle.createQuery(sql)) {
            filter.bindConditions(query);
            for (int i = 0; i < ages.size(); i++) {
                query.bind("age" + i, now.minus(ages.get(i)).toEpochMilli() - HALF_AN_HOUR_MS);
            }
            Map<List<String>, long[]> bands = new LinkedHashMap<>();
            query.map((row, context) -> bands.computeIfAbsent(
                                            List.of(
                                                    row.getString("source"),
                                                    row.getString("stage"),
                                                    row.getString("name")),
                                            first -> new long[ages.size() + 1])[row.getInt("band")] =
                            row.getLong("amount"))
                    .list();
            return bands.entrySet().stream()
                    .map(Counts::awaiting)
                    .filter(count -> count.all() != 0)
                    .toList();
        }
    }

    private static AwaitingCount awaiting(Map.Entry<List<String>, long[]> counted) {
        List<String> group = counted.getKey();
        return new AwaitingCount(
                group.get(0),
                group.get(1),
                Status.valueOf(group.get(2)),
                Arrays.stream(counted.getValue()).boxed().toList());
    }

    private List<OrphanCount> orphans(Handle handle) {
        Selection<?> filter = filter();
        String sql = "SELECT source, stage, name, sum(CASE WHEN counted = 'ORPHAN' THEN amount ELSE 0 END) AS orphans,"
                + " sum(CASE WHEN counted = 'UNKNOWN' THEN amount ELSE 0 END) AS unknown"
                + " FROM tally WHERE counted IN ('ORPHAN', 'UNKNOWN') AND amount <> 0" + filter.further()
                + " GROUP BY source, stage, name ORDER BY source, stage, name";
        try (Query query = handle.createQuery(sql)) {
            filter.bindConditions(query);
            return query.map((row, context) -> new OrphanCount(
                            row.getString("source"),
                            row.getString("stage"),
                            OrphanReason.valueOf(row.getString("name")),
                            row.getLong("orphans"),
                            row.getLong("unknown")))
                    .list();
        }
    }

    private List<AlertCount> alerts(Handle handle) {
        Selection<?> filter = filter();
        String sql = "SELECT type, count(*) AS alerts, sum(subjects) AS subjects FROM alert WHERE status = 'FIRING'"
                + filter.further() + " GROUP BY type ORDER BY type";
        try (Query query = handle.createQuery(sql)) {
            filter.bindConditions(query);
            return query.map((row, context) -> new AlertCount(
                            AlertType.valueOf(row.getString("type")), row.getLong("alerts"), row.getLong("subjects")))
                    .list();
        }
    }

    /** The columns of sources and stages have the same names in all tables. */
    private Selection<?> filter() {
        return stages.in(Selection.ascending(Tables.DISPOSITION, "key"));
    }
}
