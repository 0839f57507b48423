package io.foundling.topology.explain;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.rebuild.RebuiltSubject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the rules can go on from a published disposition: a newer version may have written what this one cannot read. */
final class Readable {

    private Readable() {}

    static boolean is(Disposition published, Optional<OrphanWarning> warning) {
        return failure(published, warning).isEmpty();
    }

    /** Says which dispositions are left out of an explanation, and why. */
    static List<Step> leftOut(Evidence evidence) {
        return Stream.concat(
                        evidence.disposition().stream().flatMap(own -> leftOut(own, evidence.warning())),
                        evidence.parents().dispositions().stream().flatMap(parent -> leftOut(parent, Optional.empty())))
                .toList();
    }

    private static Stream<Step> leftOut(Disposition published, Optional<OrphanWarning> warning) {
        return failure(published, warning).stream()
                .map(failure -> Step.of(
                        "The published disposition of " + SubjectKey.of(published.getSubject())
                                + " is left out here, because this version cannot read it: " + failure.getMessage()
                                + ".",
                        "R6"));
    }

    private static Optional<RuntimeException> failure(Disposition published, Optional<OrphanWarning> warning) {
        if (published.getHistory().isEmpty()) {
            return Optional.empty();
        }
        try {
            RebuiltSubject.of(published, Collections.emptyNavigableMap(), warning, Long.MIN_VALUE);
            return Optional.empty();
        } catch (RuntimeException unreadable) {
            return Optional.of(unreadable);
        }
    }
}
