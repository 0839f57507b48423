package io.foundling.console.model.table;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * One table. That of a compacted topic has a row for each key, that of another topic a row for each record. Its SQL is
 * the same for all databases.
 *
 * @param <T> what the values of its topic are
 */
public final class Table<T> {

    private static final List<String> TRAIL_KEY = List.of("topic", "partition", "generation", "record_offset");

    private final String name;
    private final Optional<Class<T>> type;
    private final Optional<StoredRecord<?>> stored;
    private final boolean compacted;
    private final List<Column<Entry<T>>> columns;
    private final Optional<Column<Entry<T>>> subjectKey;
    private final Optional<Counting<T>> counting;

    private Table(
            String name,
            Optional<Class<T>> type,
            Optional<StoredRecord<?>> stored,
            boolean compacted,
            List<Column<Entry<T>>> columns,
            Optional<Counting<T>> counting) {
        this.name = name;
        this.counting = counting;
        this.type = type;
        this.stored = stored;
        this.compacted = compacted;
        this.columns = List.copyOf(columns);
        subjectKey = columns.stream()
                .filter(column -> column.name().equals(SubjectColumns.KEY))
                .findFirst();
    }

    /** A table of the newest record of each key. */
    static <T extends SpecificRecord> Table<T> compacted(String name, Class<T> type, List<Column<T>> columns) {
        List<Column<Entry<T>>> all = new ArrayList<>();
        all.add(Column.key("key", Entry::key));
        all.add(Column.count("partition", entry -> entry.origin().partition()));
        all.add(Column.count("generation", entry -> entry.origin().generation()));
        all.add(Column.number("written_ms", entry -> entry.origin().writtenMs()));
        return of(name, type, true, all, columns);
    }

    /** Returns the same table, whose rows are counted. */
    Table<T> counted(Counting<T> rule) {
        return new Table<>(name, type, stored, compacted, columns, Optional.of(rule));
    }

    /** A table of all records that are events, or about one. */
    static <T extends SpecificRecord> Table<T> trail(String name, Class<T> type, List<Column<T>> columns) {
        return of(name, type, false, trailOrigin(), columns);
    }

    private static <T extends SpecificRecord> Table<T> of(
            String name, Class<T> type, boolean compacted, List<Column<Entry<T>>> all, List<Column<T>> ofValue) {
        StoredRecord<T> stored = new StoredRecord<>(type);
        ofValue.forEach(column -> all.add(column.of(Entry::value)));
        all.add(Column.bytes("record", entry -> stored.bytes(entry.value())));
        return new Table<>(name, Optional.of(type), Optional.of(stored), compacted, all, Optional.empty());
    }

    /** A table of all records of a topic whose values are kept as received. */
    static <T> Table<T> received(String name, List<Column<Entry<T>>> columns) {
        List<Column<Entry<T>>> all = trailOrigin();
        all.addAll(columns);
        return new Table<>(name, Optional.empty(), Optional.empty(), false, all, Optional.empty());
    }

    private static <T> List<Column<Entry<T>>> trailOrigin() {
        List<Column<Entry<T>>> all = new ArrayList<>();
        all.add(Column.key("topic", entry -> entry.origin().topic()));
        all.add(Column.count("partition", entry -> entry.origin().partition()));
        all.add(Column.count("generation", entry -> entry.origin().generation()));
        all.add(Column.number("record_offset", entry -> entry.origin().offset()));
        all.add(Column.number("appended_ms", entry -> entry.origin().writtenMs()));
        return all;
    }

    public String name() {
        return name;
    }

    /** Returns the class of the values; none if they are kept as received. */
    public Optional<Class<T>> type() {
        return type;
    }

    /** Whether it has one row for each key, so that a record without a value removes the row. */
    public boolean isCompacted() {
        return compacted;
    }

    /** Returns how its rows are counted; none if they are not. */
    public Optional<Counting<T>> counting() {
        return counting;
    }

    /** Returns how whole records are kept; none if they are kept as received. */
    public Optional<StoredRecord<?>> stored() {
        return stored;
    }

    /** Returns the subject that an entry of the trail is about; null if it is about none. */
    public String subjectKey(Entry<T> entry) {
        return subjectKey.map(column -> (String) column.value().apply(entry)).orElse(null);
    }

    /** Returns a text as the columns have it that are no keys of records. */
    public static String storable(String text) {
        return Column.storable(text);
    }

    /** Returns the columns that are unique together. */
    public List<String> keyColumns() {
        return compacted ? List.of("key") : TRAIL_KEY;
    }

    /** Whether a column holds whole numbers. */
    public boolean isNumber(String column) {
        return columns.stream()
                .anyMatch(each -> each.name().equals(column)
                        && (each.sqlType() == Types.BIGINT || each.sqlType() == Types.INTEGER));
    }

    public List<String> columns() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the statement that writes a row, for the values that {@link #bind} sets. */
    public String write() {
        String insert = "INSERT INTO " + name + " (" + String.join(", ", columns()) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        return compacted ? insert + " ON CONFLICT (key) DO UPDATE SET " + replaced() : insert;
    }

    private String replaced() {
        return columns.stream()
                .map(Column::name)
                .filter(column -> !column.equals("key"))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
    }

    /** Sets the values of a row. */
    public void bind(PreparedStatement statement, Entry<T> entry) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).bind(statement, i + 1, entry);
        }
    }
}
