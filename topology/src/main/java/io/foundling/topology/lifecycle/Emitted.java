package io.foundling.topology.lifecycle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was emitted of a subject, and what ended parts of it.
 *
 * @param warnings emitted and not withdrawn, by attempt, rank and extension
 * @param reported violations reported so far
 * @param endings the closings of cancelled parents that end what it awaits, as far as is known (rule P9)
 */
public record Emitted(List<Warning> warnings, Set<Violation.Identity> reported, List<Ending> endings) {

    static final Emitted NONE = new Emitted(List.of(), Set.of(), List.of());

    Emitted with(List<Warning> newWarnings, List<Violation> violations, List<Ending> newEndings) {
        if (violations.isEmpty()) {
            return new Emitted(newWarnings, reported, newEndings);
        }
        Set<Violation.Identity> newReported = new HashSet<>(reported);
        for (Violation violation : violations) {
            newReported.add(violation.identity());
        }
        return new Emitted(newWarnings, newReported, newEndings);
    }

    /** Returns what is remembered once these attempts have collapsed: no violations of them (rule B2). */
    Emitted without(Collapsed collapsed) {
        Set<Violation.Identity> kept = new HashSet<>(reported);
        kept.removeIf(violation -> violation.attempt() > 0 && collapsed.holds(violation.attempt()));
        return new Emitted(warnings, kept, endings);
    }
}
