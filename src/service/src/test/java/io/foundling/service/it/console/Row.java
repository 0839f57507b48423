package io.foundling.service.it.console;

import java.util.List;

/** A row of a table: some of its columns, and the whole record if the table has it. */
public record Row(List<Object> columns, Object record) {

    /** Whole numbers are equal whatever a driver takes them for, and SQLite has no others for true and false. */
    static Object plain(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    /** Records are compared as text: Avro's lists do not know how to compare times. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Row row
                && columns.equals(row.columns)
                && String.valueOf(record).equals(String.valueOf(row.record));
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }
}
