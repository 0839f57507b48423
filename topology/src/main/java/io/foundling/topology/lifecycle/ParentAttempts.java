package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Derives what the members of a subject must know of it. Collapsed attempts are not among them. */
public final class ParentAttempts {

    private ParentAttempts() {}

    /** Returns the attempts that have closed, and those under way after one that has, by number. */
    public static List<ParentAttempt> of(SubjectState state) {
        if (state.facts().stream().noneMatch(fact -> fact.type().isOutcome())
                && state.collapsed().throughAttempt() == 0) {
            return List.of();
        }
        List<ParentAttempt> attempts = new ArrayList<>();
        long previousMs = lastCollapsedClosing(state.collapsed());
        for (AttemptFacts attempt :
                Placement.of(state.facts(), state.collapsed()).attempts().values()) {
            Optional<Fact> outcome = attempt.outcome();
            if (!attempt.hasStatus() || outcome.isEmpty() && previousMs == Fact.NEVER) {
                continue;
            }
            long closedAtMs = outcome.map(Fact::occurredAtMs).orElse(Fact.NEVER);
            attempts.add(new ParentAttempt(
                    attempt.number(),
                    outcome.map(fact -> fact.type().status()).orElse(Status.UNKNOWN),
                    closedAtMs,
                    previousMs,
                    expectedMembers(attempt)));
            if (outcome.isPresent()) {
                previousMs = previousMs == Fact.NEVER ? closedAtMs : Math.max(previousMs, closedAtMs);
            }
        }
        return attempts;
    }

    private static long lastCollapsedClosing(Collapsed collapsed) {
        return collapsed.history().stream()
                .filter(span -> isOutcome(span.status()))
                .mapToLong(AttemptSpan::endedAtMs)
                .max()
                .orElse(Fact.NEVER);
    }

    private static boolean isOutcome(Status status) {
        return switch (status) {
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> true;
            default -> false;
        };
    }

    private static long expectedMembers(AttemptFacts attempt) {
        return attempt.facts().stream()
                .mapToLong(Fact::expectedMembers)
                .filter(expected -> expected != Fact.NOT_SAID)
                .findFirst()
                .orElse(Fact.NOT_SAID);
    }
}
