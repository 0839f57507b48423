package io.foundling.console.model.database;

import com.zaxxer.hikari.HikariConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Handle;

/** What differs between the databases. */
enum Dialect {
    /** One connection writes, since there is one writer at a time anyway; several read. */
    SQLITE("jdbc:sqlite:", 1, Map.of("text", "TEXT", "bytes", "BLOB", "clustered", " WITHOUT ROWID")) {
        @Override
        void configure(Properties connection) {
            connection.setProperty("journal_mode", "WAL");
            // A crash of the machine may lose the last transactions, never half of one. They are read again.
            connection.setProperty("synchronous", "NORMAL");
            connection.setProperty("busy_timeout", "30000");
            connection.setProperty("cache_size", "-65536");
        }

        /** A transaction that first reads and then writes would fail if another one has written in between. */
        @Override
        void configureWriting(HikariConfig pool) {
            pool.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        }

        /** Its transactions read one state of the file anyway, and wait for no writer. */
        @Override
        void configureReading(HikariConfig pool) {}

        /** With the write-ahead log. */
        @Override
        long bytes(Handle handle) {
            return handle.createQuery("PRAGMA database_list")
                            .map((row, context) -> SqliteFile.logBytes(row.getString("file")))
                            .one()
                    + rowBytes(handle);
        }

        @Override
        long rowBytes(Handle handle) {
            return (pragma(handle, "page_count") - pragma(handle, "freelist_count")) * pragma(handle, "page_size");
        }

        @Override
        long freeBytes(Handle handle) {
            return pragma(handle, "freelist_count") * pragma(handle, "page_size");
        }

        /** Fails, and changes nothing, while others read what is in the log. */
        @Override
        void emptyLog(Handle handle) {
            handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapToMap().list();
        }

        @Override
        boolean isShared() {
            return false;
        }

        /** One writer at a time. */
        @Override
        void lock(Handle handle, Lock lock, boolean exclusively) {}

        @Override
        boolean tryLock(Handle handle, Lock lock) {
            return true;
        }

        private static long pragma(Handle handle, String name) {
            return handle.createQuery("PRAGMA " + name).mapTo(Long.class).one();
        }
    },

    POSTGRESQL("jdbc:postgresql:", 4, Map.of("text", "TEXT COLLATE \"C\"", "bytes", "BYTEA", "clustered", "")) {
        @Override
        void configure(Properties connection) {
            connection.setProperty("ApplicationName", "foundling-console");
            connection.setProperty("reWriteBatchedInserts", "true");
            connection.setProperty("connectTimeout", "10");
            connection.setProperty("socketTimeout", "60");
            connection.setProperty("tcpKeepAlive", "true");
            // What the server says of a row that it refuses holds the values of the row.
            connection.setProperty("logServerErrorDetail", "false");
            // As with SQLite: what a crash loses is read again.
            connection.setProperty("options", "-c synchronous_commit=off");
        }

        @Override
        void configureWriting(HikariConfig pool) {}

        @Override
        void configureReading(HikariConfig pool) {
            pool.setReadOnly(true);
            pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        }

        @Override
        long bytes(Handle handle) {
            return handle.createQuery("SELECT pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one();
        }

        @Override
        long rowBytes(Handle handle) {
            return bytes(handle);
        }

        @Override
        long freeBytes(Handle handle) {
            return Long.MAX_VALUE;
        }

        @Override
        void emptyLog(Handle handle) {}

        @Override
        boolean isShared() {
            return true;
        }

        @Override
        void lock(Handle handle, Lock lock, boolean exclusively) {
            handle.createQuery("SELECT pg_advisory_xact_lock" + (exclusively ? "" : "_shared") + "(:lock)")
                    .bind("lock", number(lock))
                    .mapTo(String.class)
                    .list();
        }

        @Override
        boolean tryLock(Handle handle, Lock lock) {
            return handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", number(lock))
                    .mapTo(Boolean.class)
                    .one();
        }

        private static long number(Lock lock) {
            return FIRST_LOCK + lock.ordinal();
        }
    };

    /** "foundle" and a number. */
    private static final long FIRST_LOCK = 0x666F756E646C6501L;

    private final String prefix;
    private final int writers;
    private final Map<String, String> types;

    Dialect(String prefix, int writers, Map<String, String> types) {
        this.prefix = prefix;
        this.writers = writers;
        this.types = types;
    }

    /** Returns the one whose URLs begin like this; none if there is none. */
    static Optional<Dialect> of(String url) {
        return Arrays.stream(values())
                .filter(dialect -> url.startsWith(dialect.prefix))
                .findFirst();
    }

    String prefix() {
        return prefix;
    }

    /** Returns how many transactions write rows at the same time at most. */
    int writers() {
        return writers;
    }

    /** Returns what the placeholders of migrations stand for. */
    Map<String, String> types() {
        return types;
    }

    /** Sets the properties of connections that need other values than the driver's defaults. */
    abstract void configure(Properties connection);

    abstract void configureWriting(HikariConfig pool);

    /** Makes transactions read one state of the database. */
    abstract void configureReading(HikariConfig pool);

    /** Returns how many bytes are in use. */
    abstract long bytes(Handle handle);

    /** Returns how many of them hold rows; deleting rows lowers them. */
    abstract long rowBytes(Handle handle);

    /** Returns how many are allocated and hold nothing. */
    abstract long freeBytes(Handle handle);

    /** Gives the space of a log of changes back, if there is one. */
    abstract void emptyLog(Handle handle);

    /** Whether several processes may use a database. */
    abstract boolean isShared();

    /** Takes a lock until the end of the transaction. */
    abstract void lock(Handle handle, Lock lock, boolean exclusively);

    /** Takes a lock until the end of the transaction, if nobody holds it. */
    abstract boolean tryLock(Handle handle, Lock lock);
}
