package io.foundling.topology.explain;

import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.schemas.SubjectKey;
import java.util.List;

/**
 * What is known of the parents of a subject, as far as it concerns the subject.
 *
 * @param dispositions of the parents
 * @param settlements of their attempts
 */
public record ParentEvidence(List<Disposition> dispositions, List<Settlement> settlements) {

    public static final ParentEvidence NONE = new ParentEvidence(List.of(), List.of());

    public ParentEvidence {
        dispositions = List.copyOf(dispositions);
        settlements = List.copyOf(settlements);
    }

    /** Whether a subject is a parent of which a settlement is known. */
    boolean isSettled(String subjectKey) {
        return settlements.stream()
                .anyMatch(settlement -> SubjectKey.of(settlement.getParent()).equals(subjectKey));
    }
}
