package io.foundling.service.it.console;

import io.foundling.schemas.GeneratedClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The database of a console, as anybody with SQL sees it. */
public record ModelDatabase(String url) {

    private static final String PLACE = "topic || '-' || partition || '@' || record_offset";

    public <T extends SpecificRecord> Map<String, Row> rows(ExpectedTable<T> table) {
        GeneratedClasses.trust();
        SpecificData data = SpecificData.getForClass(table.type());
        BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(data, data.getSchema(table.type()));
        String id = table.isCompacted() ? "key" : PLACE;
        String sql = "SELECT " + id + ", " + table.columns() + ", record FROM " + table.table();
        Map<String, Row> rows = new TreeMap<>();
        int columns = table.columns().split(",").length;
        query(sql, row -> {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                values.add(Row.plain(row.getObject(i + 2)));
            }
            try {
                Row other =
                        rows.put(row.getString(1), new Row(values, decoder.decode(row.getBytes(columns + 2), null)));
                if (other != null) {
                    throw new AssertionError("twice in " + table.table() + ": " + row.getString(1));
                }
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        });
        return rows;
    }

    public List<String> deadLetters() {
        List<String> places = new ArrayList<>();
        query("SELECT " + PLACE + " FROM dead_letter", row -> places.add(row.getString(1)));
        places.sort(null);
        return places;
    }

    /** Returns what is counted, by the columns of a tally; what there is nothing of is left out. */
    public Map<String, Long> tallies() {
        Map<String, Long> tallies = new TreeMap<>();
        query(
                "SELECT counted || '/' || since_ms || '/' || source || '/' || stage || '/' || name, amount FROM tally"
                        + " WHERE amount <> 0",
                row -> tallies.put(row.getString(1), row.getLong(2)));
        return tallies;
    }

    /** Returns until when erased subjects are left out, by the hashes of their keys. */
    Map<String, Long> erasures() {
        Map<String, Long> erasures = new TreeMap<>();
        query("SELECT name, until_ms FROM erasure", row -> erasures.put(row.getString(1), row.getLong(2)));
        return erasures;
    }

    /** Returns how far each partition was read, by its topic and number. */
    Map<String, String> positions() {
        Map<String, String> positions = new TreeMap<>();
        query(
                "SELECT topic || '-' || partition, next_offset FROM position",
                row -> positions.put(row.getString(1), "next " + row.getLong(2)));
        return positions;
    }

    long number(String sql) {
        List<Long> numbers = new ArrayList<>();
        query(sql, row -> numbers.add(row.getLong(1)));
        return numbers.get(0);
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, RowReader reader) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(sql + " failed: " + failed.getMessage(), failed);
        }
    }
}
