package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Declared scopes by how fresh they are, as the ledger judges it, in the order of their keys. A page reads scopes until it
 * is full, so it costs as much as the declared scopes between its first and its last row.
 *
 * @param classifications those that are looked for; empty: all of them
 * @param olderThan the age that counts instead of what is declared, or demanded by a policy
 * @param schedules demanded by policies
 * @param now counts instead of the audit clock of a task that has reported none yet
 */
public record Classified(
        StageFilter stages,
        Set<Classification> classifications,
        Optional<Duration> olderThan,
        ScopeSchedules schedules,
        Instant now) {

    private static final int ROWS_A_LOOK = 1_000;

    public Classified {
        classifications = Set.copyOf(classifications);
    }

    Page<ClassifiedScope> page(Handle handle, Optional<Cursor> after, int limit, RowReader<Disposition> reader) {
        Judgement judgement = judgement(handle);
        List<Found<ClassifiedScope>> fitting = new ArrayList<>();
        Optional<Cursor> from = after;
        while (fitting.size() <= limit) {
            List<String> keys = look(handle, from, judgement, reader, limit, fitting);
            if (keys.size() < ROWS_A_LOOK) {
                break;
            }
            from = Optional.of(new Cursor(List.of(keys.get(keys.size() - 1))));
        }
        return fitting.size() <= limit
                ? new Page<>(fitting, Optional.empty())
                : new Page<>(
                        fitting.subList(0, limit),
                        Optional.of(new Cursor(List.of(fitting.get(limit - 1).key()))));
    }

    /** Adds what fits of the next rows, until there is one more than a page takes, and returns the keys of those rows. */
    private List<String> look(
            Handle handle,
            Optional<Cursor> from,
            Judgement judgement,
            RowReader<Disposition> reader,
            int limit,
            List<Found<ClassifiedScope>> fitting) {
        Selection<Disposition> declared = declared();
        try (Query query = handle.createQuery(declared.sql(from.isPresent()))) {
            declared.bind(query, from, ROWS_A_LOOK);
            return query.map((row, context) -> {
                        String key = row.getString("key");
                        if (fitting.size() <= limit) {
                            Judgement.Verdict verdict = judgement.of(row);
                            if (fits(verdict.classification())) {
                                fitting.add(new Found<>(key, verdict.on(reader.read(row))));
                            }
                        }
                        return key;
                    })
                    .list();
        }
    }

    /** Counts those that fit, by stage and classification. */
    List<ScopeCount> counts(Handle handle) {
        Judgement judgement = judgement(handle);
        Selection<Disposition> declared = declared();
        Map<ScopeCount, Long> counts = new HashMap<>();
        try (Query query = handle.createQuery(
                "SELECT " + Judgement.COLUMNS + " FROM disposition WHERE TRUE" + declared.further())) {
            declared.bindConditions(query);
            query.setFetchSize(ROWS_A_LOOK)
                    .map((row, context) -> new ScopeCount(
                            row.getString("source"),
                            row.getString("stage"),
                            judgement.of(row).classification(),
                            1))
                    .forEach(one -> counts.merge(one, 1L, Long::sum));
        }
        return counts.entrySet().stream()
                .map(group -> group.getKey().times(group.getValue()))
                .filter(count -> fits(count.classification()))
                .sorted(ScopeCount.ORDER)
                .toList();
    }

    private boolean fits(Classification classification) {
        return classifications.isEmpty() || classifications.contains(classification);
    }

    private Judgement judgement(Handle handle) {
        return new Judgement(JudgedClocks.read(handle, now), schedules, olderThan);
    }

    private Selection<Disposition> declared() {
        return new Scopes(stages).selection();
    }
}
