package io.foundling.console.model;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.local.LocalPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases with which each test of the read model runs. */
public enum TestDatabase {
    SQLITE {
        @Override
        String url(Path directory) {
            return "jdbc:sqlite:" + directory.resolve("model.db");
        }
    },

    /** One server for all tests of a JVM, which ends with it, and a database of its own for each. */
    POSTGRESQL {
        @Override
        String url(Path directory) {
            assumeThat("true".equals(System.getenv("CI")) || LocalPostgres.isInstalled())
                    .as(LocalPostgres.NAME + ", a package of Debian, is installed")
                    .isTrue();
            return Server.RUNNING.create("model_" + DATABASES.incrementAndGet());
        }
    };

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final long GENEROUS = 1L << 40;

    private static final class Server {
        private static final LocalPostgres RUNNING = LocalPostgres.startTemporary();
    }

    abstract String url(Path directory);

    public DatabaseSettings settings(Path directory) {
        return settings(directory, GENEROUS);
    }

    public DatabaseSettings settings(Path directory, long maxBytes) {
        return new DatabaseSettings(url(directory), Optional.empty(), Optional.empty(), maxBytes);
    }

    /** Returns a new one with all tables. */
    public Database create(Path directory) {
        Database database = new Database(settings(directory));
        database.migrate();
        return database;
    }

    /** Begins to read a partition, whose trail is complete. */
    public static void begin(Database database, Position first) {
        database.write(handle -> {
            Positions.begin(handle, first, true);
            return null;
        });
    }

    /** Returns the rows that a query has. */
    public static List<Map<String, Object>> rows(Database database, String sql) {
        return database.read(handle -> handle.createQuery(sql).mapToMap().list());
    }

    /** Returns the only value in each row that a query has. */
    public static <T> List<T> values(Database database, Class<T> type, String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(type).list());
    }
}
