package io.foundling.bench.recorder;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serializer;

/** A local outbox: one insert and one commit for each event, on disk before the call returns. */
final class SqliteContender implements Contender {

    private final Serializer<AuditEvent> serializer;
    private final String topic;
    private final Connection connection;
    private final PreparedStatement insert;
    private long lost;

    SqliteContender(Site site) {
        serializer = site.serializer();
        topic = site.topic();
        try {
            Path directory = Files.createDirectories(site.directory());
            connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outbox.db"));
            prepare(connection);
            insert = connection.prepareStatement("INSERT INTO outbox (subject, event) VALUES (?, ?)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be used", e);
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(
                    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, event BLOB NOT NULL)");
        }
    }

    @Override
    public synchronized void call(long n, Subject subject) {
        try {
            insert.setString(1, subject.getId());
            insert.setBytes(2, serializer.serialize(topic, Workload.event(n, subject)));
            insert.executeUpdate();
        } catch (SQLException failure) {
            lost++;
        }
    }

    @Override
    public boolean settle(Duration limit) {
        return true;
    }

    @Override
    public synchronized long lost() {
        return lost;
    }

    @Override
    public void close() {
        try {
            connection.close();
            serializer.close();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be closed", e);
        }
    }
}
