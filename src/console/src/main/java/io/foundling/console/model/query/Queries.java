package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.Query;

/**
 * Answers questions. Each answer is read in one state of the database. What fails is a
 * {@link org.jdbi.v3.core.JdbiException}. Any thread.
 */
public final class Queries {

    private static final int KEYS_A_QUESTION = 500;

    private final Database database;
    private final Map<Table<?>, RowReader<?>> readers = new ConcurrentHashMap<>();

    public Queries(Database database) {
        this.database = database;
    }

    /**
     * Returns a page of an answer.
     *
     * @param after the cursor of the page before; none for the first one
     * @param limit rows at most, from 1
     * @throws IllegalArgumentException if the cursor is of another list
     */
    public <T> Page<T> page(Question<T> question, Optional<Cursor> after, int limit) {
        Selection<T> selection = question.selection();
        List<Cursor> cursors = new ArrayList<>();
        List<Found<T>> rows = database.read(handle -> {
            try (Query query = handle.createQuery(selection.sql(after.isPresent()))) {
                selection.bind(query, after, limit + 1);
                return query.map((row, context) -> {
                            cursors.add(cursor(selection, row));
                            return found(selection.table(), row);
                        })
                        .list();
            }
        });
        return rows.size() > limit
                ? new Page<>(rows.subList(0, limit), Optional.of(cursors.get(limit - 1)))
                : new Page<>(rows, Optional.empty());
    }

    /** Returns how many rows an answer has, and at most this many. */
    public long count(Question<?> question, int most) {
        Selection<?> selection = question.selection();
        return database.read(handle -> {
            try (Query query = handle.createQuery(selection.countSql())) {
                selection.bindConditions(query);
                return query.bind("limit", most).mapTo(Long.class).one();
            }
        });
    }

    /** Returns the disposition of a subject; none if it has none. */
    public Optional<Disposition> disposition(String subjectKey) {
        return one(Tables.DISPOSITION, subjectKey);
    }

    /** Returns the active warning of a subject; none if it has none. */
    public Optional<OrphanWarning> warning(String subjectKey) {
        return one(Tables.ORPHAN, subjectKey);
    }

    /** Returns how much there is at present. */
    public CurrentCounts counts(Counts question) {
        return database.read(question::answer);
    }

    /** Returns how much there was, for each step of time. */
    public List<CountsAt> counts(CountsOverTime question) {
        return database.read(question::answer);
    }

    /** Returns how many declared scopes are classified in which way. */
    public List<ScopeCount> scopes(Classified question) {
        return database.read(question::counts);
    }

    /** Returns a page of declared scopes, in the same way as {@link #page}. */
    public Page<ClassifiedScope> page(Classified question, Optional<Cursor> after, int limit) {
        RowReader<Disposition> reader = reader(Tables.DISPOSITION);
        return database.read(handle -> question.page(handle, after, limit, reader));
    }

    /** Returns the runs of scopes that are under way, by the keys of the scopes, which may be many. */
    public Map<String, ActiveRun> activeRuns(Collection<String> scopeKeys) {
        List<String> keys = scopeKeys.stream()
                .filter(key -> key.indexOf('\0') < 0)
                .distinct()
                .toList();
        Map<String, ActiveRun> runs = new TreeMap<>();
        RowReader<Disposition> reader = reader(Tables.DISPOSITION);
        database.read(handle -> {
            for (int from = 0; from < keys.size(); from += KEYS_A_QUESTION) {
                handle.createQuery(
                                "SELECT key, record FROM disposition WHERE key IN (<keys>) AND kind = 'SCOPE' AND awaits"
                                        + " AND status <> 'EXPECTED'")
                        .bindList("keys", keys.subList(from, Math.min(keys.size(), from + KEYS_A_QUESTION)))
                        .map((row, context) -> Map.entry(row.getString("key"), ActiveRun.of(reader.read(row))))
                        .forEach(run -> runs.put(run.getKey(), run.getValue()));
            }
            return null;
        });
        return runs;
    }

    /** Returns what is known of a key of a compacted topic; none if there is no record of it. */
    public <T> Optional<Found<T>> found(Table<T> table, String key) {
        if (key.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return database.read(handle -> handle.createQuery("SELECT * FROM " + table.name() + " WHERE key = :key")
                .bind("key", key)
                .map((row, context) -> found(table, row))
                .findOne());
    }

    private <T> Optional<T> one(Table<T> table, String key) {
        return found(table, key).map(Found::record);
    }

    /** Returns the dispositions of subjects, all in one state of the database; those that have none are missing. */
    public List<Found<Disposition>> dispositions(Collection<String> subjectKeys) {
        List<String> keys =
                subjectKeys.stream().filter(key -> key.indexOf('\0') < 0).toList();
        return keys.isEmpty()
                ? List.of()
                : database.read(
                        handle -> handle.createQuery("SELECT * FROM disposition WHERE key IN (<keys>) ORDER BY key")
                                .bindList("keys", keys)
                                .map((row, context) -> found(Tables.DISPOSITION, row))
                                .list());
    }

    /** Returns how each topic that was read is, by its name. */
    public List<TopicState> topics() {
        return database.read(handle -> handle.createQuery("SELECT topic, min(as_of_ms) AS as_of, max(CASE WHEN"
                        + " complete_since_ms < 0 THEN as_of_ms ELSE complete_since_ms END) AS since, sum(passed_over)"
                        + " AS passed_over FROM position WHERE topic_id <> '' GROUP BY topic ORDER BY topic")
                .map((row, context) -> new TopicState(
                        row.getString("topic"),
                        Instant.ofEpochMilli(row.getLong("as_of")),
                        Instant.ofEpochMilli(row.getLong("since")),
                        row.getLong("passed_over")))
                .list());
    }

    private static Cursor cursor(Selection<?> selection, ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (String column : selection.order()) {
            values.add(row.getString(column));
        }
        return new Cursor(values);
    }

    private <T> Found<T> found(Table<T> table, ResultSet row) throws SQLException {
        Optional<Found.Place> place = table.isCompacted()
                ? Optional.empty()
                : Optional.of(new Found.Place(
                        row.getString("topic"),
                        row.getLong("record_offset"),
                        Optional.ofNullable(row.getString("subject_key"))));
        Found.Written written = new Found.Written(
                row.getInt("partition"),
                Instant.ofEpochMilli(row.getLong(table.isCompacted() ? "written_ms" : "appended_ms")),
                place);
        return new Found<>(key(table, row), reader(table).read(row), Optional.of(written));
    }

    @SuppressWarnings("unchecked")
    private <T> RowReader<T> reader(Table<T> table) {
        return (RowReader<T>) readers.computeIfAbsent(table, unknown -> RowReader.of(table, database));
    }

    private static String key(Table<?> table, ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (String column : table.keyColumns()) {
            parts.add(row.getString(column));
        }
        return String.join("/", parts);
    }
}
