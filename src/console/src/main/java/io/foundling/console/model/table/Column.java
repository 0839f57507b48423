package io.foundling.console.model.table;

import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Texts;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.function.Function;

/**
 * One column of a table, and how its value follows from a record.
 *
 * @param sqlType of {@link Types}, for a value that is missing
 */
record Column<T>(String name, int sqlType, Function<T, ?> value) {

    /** An index of PostgreSQL takes 2,704 bytes, and none has more than two texts that may be as long as this. */
    private static final int MAX_TEXT_BYTES = 1_024;

    static <T> Column<T> text(String name, Function<T, String> value) {
        return new Column<>(name, Types.VARCHAR, record -> storable(value.apply(record)));
    }

    /** A text that is stored as it is. */
    static <T> Column<T> key(String name, Function<T, String> value) {
        return new Column<>(name, Types.VARCHAR, value);
    }

    static <T> Column<T> name(String name, Function<T, ? extends Enum<?>> value) {
        return new Column<>(name, Types.VARCHAR, record -> {
            Enum<?> constant = value.apply(record);
            return constant == null ? null : constant.name();
        });
    }

    static <T> Column<T> subjectKey(String name, Function<T, Subject> value) {
        return text(name, record -> {
            Subject subject = value.apply(record);
            return subject == null ? null : SubjectKey.of(subject);
        });
    }

    static <T> Column<T> time(String name, Function<T, Instant> value) {
        return new Column<>(name, Types.BIGINT, record -> {
            Instant time = value.apply(record);
            return time == null ? null : time.toEpochMilli();
        });
    }

    static <T> Column<T> number(String name, Function<T, Long> value) {
        return new Column<>(name, Types.BIGINT, value);
    }

    static <T> Column<T> count(String name, Function<T, Integer> value) {
        return new Column<>(name, Types.INTEGER, value);
    }

    static <T> Column<T> flag(String name, Function<T, Boolean> value) {
        return new Column<>(name, Types.BOOLEAN, value);
    }

    static <T> Column<T> bytes(String name, Function<T, byte[]> value) {
        return new Column<>(name, Types.BINARY, value);
    }

    /** Returns the same column of what holds the record. */
    <O> Column<O> of(Function<O, T> holder) {
        return new Column<>(name, sqlType, outer -> value.apply(holder.apply(outer)));
    }

    void bind(PreparedStatement statement, int index, T record) throws SQLException {
        Object bound = value.apply(record);
        if (bound == null) {
            statement.setNull(index, sqlType);
        } else {
            statement.setObject(index, bound);
        }
    }

    /** PostgreSQL stores no zero character. */
    static String storable(String text) {
        return text == null ? null : Texts.truncate(text.replace('\0', '\uFFFD'), MAX_TEXT_BYTES);
    }
}
