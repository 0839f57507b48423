package io.foundling.console.model.writing;

import io.foundling.console.model.database.DatabaseFailure;
import java.sql.SQLException;

/** The database refused a batch, or failed while it took it. Nothing of the batch was written. */
public final class RowsNotWrittenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RowsNotWrittenException(Batch<?> batch, SQLException cause) {
        super(
                "rows of " + batch.from().topic() + "-" + batch.from().partition() + " from offset "
                        + batch.from().nextOffset() + " to " + batch.nextOffset() + " cannot be written",
                cause);
    }

    /** Whether the database refused a value, rather than failed. */
    boolean isAboutValues() {
        return DatabaseFailure.isAboutValues((SQLException) getCause());
    }
}
