package io.foundling.topology.ledger;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.PlacedDisposition;
import java.util.Optional;

/** What the ledger publishes of a subject, without a broker. */
public final class PublishedForms {

    private PublishedForms() {}

    public static Disposition disposition(String subjectKey, PlacedDisposition subject) {
        return LedgerRecords.disposition(SubjectKey.parse(subjectKey), subject);
    }

    /** Returns the warning that is on audit.orphans. */
    public static Optional<OrphanWarning> warning(String subjectKey, PlacedDisposition subject) {
        return subject.disposition()
                .activeWarning()
                .map(warning -> LedgerRecords.warning(SubjectKey.parse(subjectKey), subject, warning, false));
    }
}
