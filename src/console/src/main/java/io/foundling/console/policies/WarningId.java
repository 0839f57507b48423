package io.foundling.console.policies;

import io.foundling.audit.Status;
import java.util.Comparator;

/**
 * What a warning is about: one awaiting status of one attempt of a subject (rule T12).
 *
 * @param extension 0, or the number of extensions and restarts after an expired deadline of this status
 */
public record WarningId(String subjectKey, int attempt, Status status, int extension) {

    static final Comparator<WarningId> ORDER = Comparator.comparing(WarningId::subjectKey)
            .thenComparingInt(WarningId::attempt)
            .thenComparing(WarningId::status)
            .thenComparingInt(WarningId::extension);
}
