package io.foundling.console.model.database;

import io.foundling.schemas.failure.Causes;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line what is wrong with a database. Pool and libraries put their own words around what the driver says. */
public final class DatabaseFailure {

    private static final Set<SQLiteErrorCode> VALUES_IN_SQLITE =
            Set.of(SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH);

    private DatabaseFailure() {}

    /** Returns what failed, whether it was the database or something else. */
    public static String sentence(Throwable failed) {
        return deepest(failed, SQLException.class)
                .map(said -> "the database failed: " + firstLine(said))
                .or(() -> deepest(failed, FlywayException.class)
                        .map(said -> "the tables cannot be made: " + firstLine(said)))
                .orElseGet(() -> Causes.sentence(failed));
    }

    /** Whether a database refused the values of a row, which it would refuse again. */
    public static boolean isAboutValues(SQLException failed) {
        if (failed instanceof SQLiteException sqlite) {
            return VALUES_IN_SQLITE.contains(sqlite.getResultCode());
        }
        return hasState(failed, "22", "54");
    }

    /** Whether the disk, or the file, is full. */
    static boolean isFull(Throwable failed) {
        return deepest(failed, SQLiteException.class)
                .filter(said -> ((SQLiteException) said).getResultCode() == SQLiteErrorCode.SQLITE_FULL)
                .isPresent();
    }

    /** Whether a transaction failed only because of another one at the same time. */
    static boolean isCollision(Throwable failed) {
        return deepest(failed, SQLException.class)
                .filter(said -> hasState((SQLException) said, "40001", "40P01"))
                .isPresent();
    }

    private static boolean hasState(SQLException failed, String... prefixes) {
        String state = failed.getSQLState();
        return state != null && Stream.of(prefixes).anyMatch(state::startsWith);
    }

    private static Optional<Throwable> deepest(Throwable failed, Class<? extends Throwable> type) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .reduce((outer, inner) -> inner);
    }

    private static String firstLine(Throwable said) {
        return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
    }
}
