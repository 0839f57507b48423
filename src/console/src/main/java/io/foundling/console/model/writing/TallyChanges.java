package io.foundling.console.model.writing;

import io.foundling.console.model.table.Counting;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.table.Tally;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * By how much a transaction changes the table {@code tally}. It is written last, so that others wait only for the end of
 * the transaction. One thread.
 */
public final class TallyChanges {

    private static final int KEYS_A_QUESTION = 500;

    private static final String ADDED = " ON CONFLICT (counted, since_ms, source, stage, name) DO UPDATE SET amount ="
            + " tally.amount + excluded.amount";
    private static final String WRITE =
            "INSERT INTO tally (counted, since_ms, source, stage, name, amount) VALUES (?, ?, ?, ?, ?, ?)" + ADDED;

    private final Map<Tally, Long> changes = new TreeMap<>();

    /** Counts entries that were written. */
    <T> void add(Counting<T> counting, Collection<Entry<T>> entries) {
        for (Entry<T> entry : entries) {
            Tally tally = counting.tally().apply(entry);
            if (tally != null) {
                changes.merge(tally, 1L, Long::sum);
            }
        }
    }

    /** Counts no longer what rows hold that are about to be written anew or deleted. */
    <T> void subtract(Handle handle, Table<T> table, Counting<T> counting, Collection<String> keys)
            throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        String sql = old(table, counting) + " AND key IN ("
                + String.join(", ", Collections.nCopies(KEYS_A_QUESTION, "?")) + ")";
        try (PreparedStatement question = handle.getConnection().prepareStatement(sql)) {
            Iterator<String> next = keys.iterator();
            while (next.hasNext()) {
                String key = next.next();
                for (int i = 1; i <= KEYS_A_QUESTION; i++) {
                    question.setString(i, key);
                    // The last one may be there several times.
                    key = i < KEYS_A_QUESTION && next.hasNext() ? next.next() : key;
                }
                subtract(question);
            }
        }
    }

    private void subtract(PreparedStatement question) throws SQLException {
        try (ResultSet rows = question.executeQuery()) {
            while (rows.next()) {
                changes.merge(
                        new Tally(
                                Tally.Counted.valueOf(rows.getString(1)),
                                rows.getLong(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5)),
                        -1L,
                        Long::sum);
            }
        }
    }

    /**
     * Counts no longer the rows of a condition, which the caller deletes then.
     *
     * @param values of the parameters of the condition
     */
    public static void subtract(Handle handle, Table<?> table, String condition, Map<String, Object> values) {
        table.counting()
                .ifPresent(counting -> handle.createUpdate("INSERT INTO tally (counted, since_ms, source, stage, name,"
                                + " amount) SELECT counted, since_ms, source, stage, name, -count(*) FROM ("
                                + old(table, counting) + " AND " + condition
                                + ") AS old GROUP BY counted, since_ms, source, stage, name" + ADDED)
                        .bindMap(values)
                        .execute());
    }

    /**
     * Counts the rows of all tables anew, as the caller has the lock of the tallies alone. Those of events count what was
     * read, which no row says.
     *
     * @return how many tallies did not agree
     */
    public static int recount(Handle handle) {
        String rows = Tables.all().stream()
                .filter(Table::isCompacted)
                .flatMap(table -> table.counting().map(counting -> old(table, counting)).stream())
                .map(counted ->
                        "SELECT counted, since_ms, source, stage, name, 1 AS amount FROM (" + counted + ") AS each_row")
                .collect(Collectors.joining(" UNION ALL "));
        return handle.createUpdate("INSERT INTO tally (counted, since_ms, source, stage, name, amount)"
                        + " SELECT counted, since_ms, source, stage, name, sum(amount) FROM (" + rows
                        + " UNION ALL SELECT counted, since_ms, source, stage, name, -amount FROM tally"
                        + " WHERE counted <> 'EVENT') AS difference"
                        + " GROUP BY counted, since_ms, source, stage, name HAVING sum(amount) <> 0" + ADDED)
                .execute();
    }

    private static String old(Table<?> table, Counting<?> counting) {
        return "SELECT " + counting.columns() + " FROM " + table.name() + " WHERE " + counting.condition();
    }

    /** Writes them. Whoever subtracts must hold the lock of the tallies. */
    void write(Handle handle) throws SQLException {
        changes.values().removeIf(change -> change == 0);
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(WRITE)) {
            for (Map.Entry<Tally, Long> change : changes.entrySet()) {
                statement.setString(1, change.getKey().counted().name());
                statement.setLong(2, change.getKey().sinceMs());
                statement.setString(3, change.getKey().source());
                statement.setString(4, change.getKey().stage());
                statement.setString(5, change.getKey().name());
                statement.setLong(6, change.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
