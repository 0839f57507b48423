package io.foundling.topology.explain;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.schemas.SubjectKey;
import java.util.Optional;

/**
 * All that is known of a subject.
 *
 * @param disposition the published one; none if there is none now
 * @param warning the one on audit.orphans; none if there is none now
 */
public record Evidence(
        String subjectKey,
        Trail trail,
        Optional<Disposition> disposition,
        Optional<OrphanWarning> warning,
        ReportedClocks clocks,
        ParentEvidence parents) {

    /** Returns this with the one form that the key of its subject has in all that is published. */
    Evidence normal() {
        String key = SubjectKey.of(SubjectKey.parse(subjectKey));
        return new Evidence(key, trail, disposition, warning, clocks, parents);
    }
}
