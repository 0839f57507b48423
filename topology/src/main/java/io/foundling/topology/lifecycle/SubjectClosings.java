package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Derives the closings and reopenings of a subject, which its members depend on (rule P2). Collapsed attempts are not
 * among the closings.
 */
final class SubjectClosings {

    private SubjectClosings() {}

    /** Returns the attempts that have closed, and those under way after one that has, by number. */
    static List<Closing> of(PlacedDisposition subject) {
        Disposition disposition = subject.disposition();
        if (disposition.collapsed().throughAttempt() == 0
                && disposition.facts().stream().noneMatch(fact -> fact.type().isOutcome())) {
            return List.of();
        }
        List<Closing> closings = new ArrayList<>();
        long previousMs = lastCollapsedClosing(disposition.collapsed());
        for (AttemptFacts attempt : subject.placement().attempts().values()) {
            Optional<Fact> outcome = attempt.outcome();
            if (!attempt.hasStatus() || outcome.isEmpty() && previousMs == Times.NEVER) {
                continue;
            }
            long closedAtMs = outcome.map(Fact::occurredAtMs).orElse(Times.NEVER);
            closings.add(new Closing(
                    attempt.number(),
                    outcome.map(fact -> fact.type().status()).orElse(Status.UNKNOWN),
                    closedAtMs,
                    previousMs,
                    attempt.expectedMembers()));
            if (outcome.isPresent()) {
                previousMs = previousMs == Times.NEVER ? closedAtMs : Math.max(previousMs, closedAtMs);
            }
        }
        return closings;
    }

    private static long lastCollapsedClosing(Collapsed collapsed) {
        return collapsed.history().stream()
                .filter(span -> Statuses.isOutcome(span.status()))
                .mapToLong(AttemptSpan::endedAtMs)
                .max()
                .orElse(Times.NEVER);
    }
}
