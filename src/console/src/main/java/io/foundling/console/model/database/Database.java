package io.foundling.console.model.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.foundling.console.model.table.StoredRecord;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import java.time.Duration;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The database of the read model. Nothing is connected before it is used, so it may be away at the start. Each call is
 * a transaction of its own, and throws a {@link org.jdbi.v3.core.JdbiException} if the database fails. Any thread.
 */
public final class Database implements AutoCloseable {

    private static final int READERS = 8;

    /** One holds the lock, and one works. */
    private static final int OF_UPKEEP = 2;

    private static final long PATIENCE_MS = 10_000;
    private static final long MAX_LOG_BYTES = 64 << 20;
    private static final long LOG_SHARE = 4;
    private static final Duration FULL = Duration.ofMinutes(1);

    private final DatabaseSettings settings;
    private final Dialect dialect;
    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    private volatile boolean isFull;
    private volatile long fullAtNs;

    /** @throws IllegalArgumentException if the URL is of another database */
    public Database(DatabaseSettings settings) {
        this.settings = settings;
        dialect = Dialect.of(settings.url()).orElseThrow(() -> unusable(settings));
        HikariConfig toWrite = pool("console-writing", dialect.writers() + (dialect.isShared() ? OF_UPKEEP : 0));
        dialect.configureWriting(toWrite);
        writers = new HikariDataSource(toWrite);
        HikariConfig toRead = pool("console-reading", READERS);
        dialect.configureReading(toRead);
        readers = new HikariDataSource(toRead);
        writing = jdbi(writers);
        reading = jdbi(readers);
    }

    static IllegalArgumentException unusable(DatabaseSettings settings) {
        return new IllegalArgumentException("url is '" + settings + "', must begin with " + Dialect.SQLITE.prefix()
                + " or " + Dialect.POSTGRESQL.prefix());
    }

    /** Its exceptions name no values, because those are of audited subjects. */
    private static Jdbi jdbi(HikariDataSource connections) {
        Jdbi jdbi = Jdbi.create(connections);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    /** Whether the URL is of a database that can be used. */
    public static boolean isUsable(String url) {
        return Dialect.of(url).isPresent();
    }

    private HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PATIENCE_MS);
        config.setInitializationFailTimeout(-1);
        config.setDataSourceProperties(properties());
        return config;
    }

    private Properties properties() {
        Properties properties = new Properties();
        dialect.configure(properties);
        if (!dialect.isShared()) {
            properties.setProperty("journal_size_limit", Long.toString(logBytes()));
        }
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        return properties;
    }

    /**
     * Makes the tables, or those of this version from those of an earlier one. Several processes may do so at once.
     *
     * @throws org.flywaydb.core.api.FlywayException if that is not possible
     */
    public void migrate() {
        Flyway.configure()
                .dataSource(writers)
                .locations("classpath:io/foundling/console/model/migration")
                .placeholders(dialect.types())
                .load()
                .migrate();
        write(handle -> {
            for (Table<?> table : Tables.all()) {
                table.stored().ifPresent(stored -> remember(handle, stored));
            }
            return null;
        });
    }

    private static void remember(Handle handle, StoredRecord<?> stored) {
        handle.createUpdate("INSERT INTO record_schema (fingerprint, schema) VALUES (:fingerprint, :schema)"
                        + " ON CONFLICT (fingerprint) DO NOTHING")
                .bind("fingerprint", stored.fingerprint())
                .bind("schema", stored.schema().toString())
                .execute();
    }

    /**
     * Does something in a transaction that may write. An exception rolls it back. It is done once more if only another
     * transaction was in its way.
     */
    public <R, X extends Exception> R write(HandleCallback<R, X> work) throws X {
        try {
            return writing.inTransaction(work);
        } catch (RuntimeException failed) {
            if (DatabaseFailure.isCollision(failed)) {
                return writing.inTransaction(work);
            }
            if (DatabaseFailure.isFull(failed)) {
                fullAtNs = System.nanoTime();
                isFull = true;
            }
            throw failed;
        }
    }

    /** Reads, all in one state of the database. */
    public <R, X extends Exception> R read(HandleCallback<R, X> work) throws X {
        return reading.inTransaction(work);
    }

    /** Returns how many transactions that write rows it takes at a time. */
    public int writers() {
        return dialect.writers();
    }

    /** Waits for the transactions that hold a lock, until the end of this one, unless both share it. */
    public void lock(Handle handle, Lock lock, boolean exclusively) {
        dialect.lock(handle, lock, exclusively);
    }

    /**
     * Does something unless another process does it at present.
     *
     * @return whether it was done
     */
    public boolean alone(Lock lock, Runnable work) {
        if (!dialect.isShared()) {
            work.run();
            return true;
        }
        // A connection of its own: within that of this thread, the transactions of the work would be part of this one.
        try (Handle handle = writing.open()) {
            handle.begin();
            boolean isFree = dialect.tryLock(handle, lock);
            if (isFree) {
                work.run();
            }
            handle.commit();
            return isFree;
        }
    }

    /** Returns how many bytes are in use, also by what was not merged into a file yet. */
    public long bytes() {
        return reading.withHandle(dialect::bytes);
    }

    /**
     * Whether the oldest part of the trail must go: rows and log together are larger than a file may be, or the disk was
     * full within the last minute, and rows that go leave room within the file.
     */
    public boolean isTooLarge() {
        if (dialect.isShared()) {
            return false;
        }
        isFull = isFull
                && System.nanoTime() - fullAtNs < FULL.toNanos()
                && reading.withHandle(dialect::freeBytes) < logBytes();
        return isFull || reading.withHandle(dialect::rowBytes) > settings.maxBytes() - logBytes();
    }

    /** Gives the space of a log of changes back. */
    public void emptyLog() {
        writing.useHandle(dialect::emptyLog);
    }

    /** The log of SQLite grows beyond this only while a reader reads for long. */
    private long logBytes() {
        return Math.min(MAX_LOG_BYTES, settings.maxBytes() / LOG_SHARE);
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
