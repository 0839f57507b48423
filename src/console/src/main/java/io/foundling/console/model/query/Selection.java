package io.foundling.console.model.query;

import io.foundling.console.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** Rows of a table by conditions, in an order that is unique. Immutable. */
public final class Selection<T> {

    /** So many parts are read each by its own index, and then put in order together. */
    private static final int MOST_ORDERED_PARTS = 50;

    private final Table<T> table;
    private final boolean isDescending;
    private final List<String> order;
    private final List<String> conditions;
    private final Map<String, Object> values;

    /** Conditions of which no two hold for one row; a row is selected if one of them holds. None: all rows are. */
    private final Optional<List<String>> parts;

    private Selection(
            Table<T> table,
            boolean isDescending,
            List<String> order,
            List<String> conditions,
            Map<String, Object> values,
            Optional<List<String>> parts) {
        this.table = table;
        this.isDescending = isDescending;
        this.order = order;
        this.conditions = conditions;
        this.values = values;
        this.parts = parts;
    }

    /** Selects all rows, the smallest value of a column first. */
    static <T> Selection<T> ascending(Table<T> table, String column) {
        return new Selection<>(table, false, unique(table, column), List.of(), Map.of(), Optional.empty());
    }

    /** Selects all rows, the greatest value of a column first. */
    static <T> Selection<T> descending(Table<T> table, String column) {
        return new Selection<>(table, true, unique(table, column), List.of(), Map.of(), Optional.empty());
    }

    private static List<String> unique(Table<?> table, String column) {
        List<String> order = new ArrayList<>(List.of(column));
        table.keyColumns().stream().filter(each -> !each.equals(column)).forEach(order::add);
        return List.copyOf(order);
    }

    /** Selects those for which a condition holds; the same words as in a partial index let the database use it. */
    Selection<T> where(String condition) {
        return with(condition, Map.of());
    }

    /** Selects those with a value in a column. */
    Selection<T> equal(String column, Optional<String> value) {
        return value.map(given -> with(column + " = :" + column, Map.of(column, Table.storable(given))))
                .orElse(this);
    }

    /** Selects those with one of some values in a column. */
    Selection<T> among(String column, Optional<Set<String>> values) {
        return values.map(given -> among(column, given)).orElse(this);
    }

    private Selection<T> among(String column, Set<String> given) {
        Map<String, Object> added = new TreeMap<>();
        given.stream().sorted().forEach(value -> added.put("one_of_" + column + added.size(), Table.storable(value)));
        String names = added.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        return with(given.isEmpty() ? "1 = 0" : column + " IN (" + names + ")", added);
    }

    /** Selects those with a time before then in a column. */
    Selection<T> before(String column, Optional<Instant> time) {
        return bounded(column, " < :", "before_", time);
    }

    /** Selects those with a time then or later in a column. */
    Selection<T> since(String column, Optional<Instant> time) {
        return bounded(column, " >= :", "since_", time);
    }

    private Selection<T> bounded(String column, String comparison, String prefix, Optional<Instant> time) {
        String name = prefix + column;
        return time.map(given -> with(column + comparison + name, Map.of(name, given.toEpochMilli())))
                .orElse(this);
    }

    private Selection<T> with(String condition, Map<String, Object> added) {
        List<String> allConditions = new ArrayList<>(conditions);
        allConditions.add(condition);
        Map<String, Object> allValues = new TreeMap<>(values);
        allValues.putAll(added);
        return new Selection<>(table, isDescending, order, List.copyOf(allConditions), allValues, parts);
    }

    Table<T> table() {
        return table;
    }

    List<String> order() {
        return order;
    }

    /** Selects those of labelled stages. */
    Selection<T> within(LabelledStages stages) {
        StageConditions found = StageConditions.of(stages);
        Map<String, Object> allValues = new TreeMap<>(values);
        allValues.putAll(found.values());
        return new Selection<>(table, isDescending, order, conditions, allValues, Optional.of(found.parts()));
    }

    String sql(boolean isContinued) {
        List<String> all = new ArrayList<>(conditions);
        if (isContinued) {
            all.add("(" + String.join(", ", order) + ") " + (isDescending ? "<" : ">") + " ("
                    + order.stream().map(column -> ":after_" + column).collect(Collectors.joining(", ")) + ")");
        }
        if (parts.isEmpty() || parts.get().size() < 2 || parts.get().size() > MOST_ORDERED_PARTS) {
            partsAsOne().ifPresent(all::add);
            return ordered(table.name(), all);
        }
        String rows = parts.get().stream()
                .map(part -> "SELECT * FROM (" + ordered(table.name(), with(part, all)) + ") AS part")
                .collect(Collectors.joining(" UNION ALL "));
        return ordered("(" + rows + ") AS parts", List.of());
    }

    private static List<String> with(String condition, List<String> others) {
        List<String> all = new ArrayList<>(others);
        all.add(condition);
        return all;
    }

    private String ordered(String from, List<String> conjunction) {
        String direction = isDescending ? " DESC" : "";
        return "SELECT * FROM " + from + where(conjunction) + " ORDER BY "
                + order.stream().map(column -> column + direction).collect(Collectors.joining(", "))
                + " LIMIT :limit";
    }

    private static String where(List<String> conjunction) {
        return conjunction.isEmpty() ? "" : " WHERE " + String.join(" AND ", conjunction);
    }

    private Optional<String> partsAsOne() {
        return parts.map(any -> any.isEmpty() ? "1 = 0" : "(" + String.join(" OR ", any) + ")");
    }

    private List<String> allConditions() {
        return partsAsOne().map(part -> with(part, conditions)).orElse(conditions);
    }

    String countSql() {
        return "SELECT count(*) FROM (SELECT 1 FROM " + table.name() + where(allConditions())
                + " LIMIT :limit) AS counted";
    }

    /** Returns its conditions, for a statement that has others, too: each begins with AND. */
    String further() {
        return allConditions().stream().map(condition -> " AND " + condition).collect(Collectors.joining());
    }

    /** Sets the values of its conditions. */
    void bindConditions(Query query) {
        values.forEach(query::bind);
    }

    /** @throws IllegalArgumentException if the cursor is not one of this list */
    void bind(Query query, Optional<Cursor> after, int limit) {
        bindConditions(query);
        query.bind("limit", limit);
        after.ifPresent(cursor -> {
            if (cursor.values().size() != order.size()) {
                throw foreign(cursor);
            }
            for (int i = 0; i < order.size(); i++) {
                String value = cursor.values().get(i);
                if (value.indexOf('\0') >= 0) {
                    throw foreign(cursor);
                }
                try {
                    query.bind("after_" + order.get(i), table.isNumber(order.get(i)) ? Long.valueOf(value) : value);
                } catch (NumberFormatException noNumber) {
                    throw foreign(cursor);
                }
            }
        });
    }

    private IllegalArgumentException foreign(Cursor cursor) {
        return new IllegalArgumentException("cursor is '" + cursor
                + "', must be one that the same list has returned, of " + String.join(", ", order));
    }
}
