package io.foundling.console.model.writing;

import io.foundling.console.model.database.DatabaseFailure;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes rows within the transaction of the caller: many with one statement, or, after the database has refused the
 * values of one of them, each for itself, so that a single row stops no partition.
 *
 * @param isOneByOne whether each row is written for itself
 */
record RowWriter(boolean isOneByOne) {

    static RowWriter inBatches() {
        return new RowWriter(false);
    }

    static RowWriter oneByOne() {
        return new RowWriter(true);
    }

    /** Writes entries that have a value, and returns those that were not refused. */
    <T> List<Entry<T>> insert(Handle handle, Table<T> table, List<Entry<T>> entries) throws SQLException {
        if (!isOneByOne) {
            insertAll(handle, table, entries);
            return entries;
        }
        List<Entry<T>> taken = new ArrayList<>(entries.size());
        for (Entry<T> entry : entries) {
            if (isTaken(handle, table, entry)) {
                taken.add(entry);
            }
        }
        return taken;
    }

    /** A row of which the newest record is refused goes, because it is out of date. */
    private static <T> boolean isTaken(Handle handle, Table<T> table, Entry<T> entry) throws SQLException {
        Connection connection = handle.getConnection();
        Savepoint before = connection.setSavepoint();
        try {
            insertAll(handle, table, List.of(entry));
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException refused) {
            if (!DatabaseFailure.isAboutValues(refused)) {
                throw refused;
            }
            connection.rollback(before);
            if (table.isCompacted()) {
                deleteAll(handle, table, List.of(entry));
            }
            return false;
        }
    }

    private static <T> void insertAll(Handle handle, Table<T> table, List<Entry<T>> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(table.write())) {
            for (Entry<T> entry : entries) {
                table.bind(statement, entry);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Removes the rows of keys. */
    <T> void delete(Handle handle, Table<T> table, List<Entry<T>> entries) throws SQLException {
        deleteAll(handle, table, entries);
    }

    private static <T> void deleteAll(Handle handle, Table<T> table, List<Entry<T>> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                handle.getConnection().prepareStatement("DELETE FROM " + table.name() + " WHERE key = ?")) {
            for (Entry<T> entry : entries) {
                statement.setString(1, entry.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
