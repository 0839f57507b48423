package io.foundling.console.model.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Examines the database of a read model without changing it: whether it answers, of which version it is, and whether its
 * user may do what a console does. It makes no file. One connection, which is closed again.
 */
public final class DatabaseExamination {

    private static final String TABLES = "flyway_schema_history";
    private static final int OLDEST_POSTGRESQL = 13;

    private final DatabaseSettings settings;
    private final Dialect dialect;

    /**
     * What was found.
     *
     * @param summary what the database is
     * @param problems sentences; empty if a console can use it
     */
    public record Result(String summary, List<String> problems) {

        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** @throws IllegalArgumentException if the URL is of another database */
    public DatabaseExamination(DatabaseSettings settings) {
        this.settings = settings;
        dialect = Dialect.of(settings.url()).orElseThrow(() -> Database.unusable(settings));
    }

    /** Returns the file of the database; none if it is on a server, or only in memory. */
    public Optional<Path> file() {
        return dialect == Dialect.SQLITE ? SqliteFile.of(settings.url()) : Optional.empty();
    }

    /** Asks the database. */
    public Result run() {
        if (file().isPresent() && Files.notExists(file().get())) {
            return new Result("the file " + file().get() + " is not there yet; the console makes it", List.of());
        }
        try (Connection connection = DriverManager.getConnection(settings.url(), properties())) {
            return dialect == Dialect.SQLITE ? sqlite(connection) : postgresql(connection);
        } catch (SQLException failed) {
            return new Result("", List.of(DatabaseFailure.sentence(failed)));
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (dialect == Dialect.SQLITE) {
            properties.setProperty("open_mode", "1");
        } else {
            dialect.configure(properties);
            settings.user().ifPresent(user -> properties.setProperty("user", user));
            settings.password().ifPresent(password -> properties.setProperty("password", password));
        }
        return properties;
    }

    private static Result sqlite(Connection connection) throws SQLException {
        String summary = "SQLite " + text(connection, "SELECT sqlite_version()");
        boolean hasTables = !text(connection, "SELECT count(*) FROM sqlite_master WHERE name = '" + TABLES + "'")
                .equals("0");
        List<String> problems = new ArrayList<>();
        String damage = text(connection, "PRAGMA quick_check(1)");
        if (!damage.equals("ok")) {
            problems.add("the file is damaged: " + damage + "; delete it, and the console reads everything anew");
        }
        return new Result(summary + ", " + tables(connection, hasTables), problems);
    }

    private static Result postgresql(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        String schema = text(connection, "SELECT coalesce(current_schema(), '')");
        List<String> problems = new ArrayList<>();
        if (version < OLDEST_POSTGRESQL) {
            problems.add("PostgreSQL is of version " + version + ", expected " + OLDEST_POSTGRESQL + " or later");
        }
        if (!text(connection, "SHOW server_encoding").equals("UTF8")) {
            problems.add("the encoding of the database is " + text(connection, "SHOW server_encoding")
                    + ", expected UTF8, since names may have any characters; make the database with ENCODING 'UTF8'");
        }
        if (text(connection, "SHOW transaction_read_only").equals("on")) {
            problems.add(
                    "the server takes no changes: it is a standby, or default_transaction_read_only is on; name the"
                            + " primary in console.database");
        }
        if (schema.isEmpty()) {
            problems.add("the user has no schema; grant Usage on one of its search_path");
        } else if (text(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')")
                .equals("f")) {
            problems.add("the user may not make tables in the schema " + schema + "; grant Create on it");
        }
        boolean hasTables = !text(connection, "SELECT coalesce(to_regclass('" + TABLES + "')::text, '')")
                .isEmpty();
        String size = text(connection, "SELECT pg_size_pretty(pg_database_size(current_database()))");
        return new Result("PostgreSQL " + version + ", " + size + ", " + tables(connection, hasTables), problems);
    }

    private static String tables(Connection connection, boolean areThere) throws SQLException {
        return areThere
                ? "tables of version "
                        + text(connection, "SELECT max(version) FROM " + TABLES + " WHERE version IS NOT NULL")
                : "without tables; the console makes them";
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
