package io.foundling.console.model.query;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Table;
import io.foundling.schemas.GeneratedClasses;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Makes records of rows again. */
interface RowReader<T> {

    T read(ResultSet row) throws SQLException;

    /** Returns that of a table. */
    @SuppressWarnings("unchecked")
    static <T> RowReader<T> of(Table<T> table, Database database) {
        return table.type()
                .map(type -> (RowReader<T>) stored(type.asSubclass(SpecificRecord.class), database))
                .orElse(row -> (T) deadLetter(row));
    }

    private static <R extends SpecificRecord> RowReader<R> stored(Class<R> type, Database database) {
        SpecificData model = GeneratedClasses.model(type);
        BinaryMessageDecoder<R> decoder =
                new BinaryMessageDecoder<>(model, model.getSchema(type), new StoredSchemas(database));
        return row -> {
            try {
                return decoder.decode(row.getBytes("record"), null);
            } catch (IOException damaged) {
                throw new SQLException("a stored " + type.getSimpleName() + " cannot be decoded", damaged);
            }
        };
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("reason"),
                row.getString("message"),
                row.getString("origin_topic"),
                whole(row, "origin_partition"),
                row.getObject("origin_offset") == null ? null : row.getLong("origin_offset"),
                whole(row, "value_size"),
                row.getBytes("value"));
    }

    private static Integer whole(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
