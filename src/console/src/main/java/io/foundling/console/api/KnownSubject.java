package io.foundling.console.api;

import io.foundling.audit.Disposition;
import io.foundling.console.access.Caller;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.ProblemException;
import io.foundling.schemas.SubjectKey;
import java.util.Optional;

/** Finds subjects by their keys. One that a caller may not see is to that caller as one that nobody knows. Any thread. */
final class KnownSubject {

    private final ReadSide side;

    KnownSubject(ReadSide side) {
        this.side = side;
    }

    /** @throws ProblemException if the caller may not see it */
    static void checkVisible(Caller caller, String key) {
        if (!caller.maySee(SubjectKey.parse(key).getSource())) {
            throw unknown(key);
        }
    }

    Optional<Found<Disposition>> disposition(String key) {
        return side.queries().found(Tables.DISPOSITION, key);
    }

    static ProblemException unknown(String key) {
        return ProblemException.of(404, "Nothing is known of the subject " + key);
    }
}
