package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * One attempt in brief.
 *
 * @param startedAtMs when its first fact with a status happened
 * @param endedAtMs when its outcome happened, the next attempt started or its cancelled parent ended it;
 *     {@link Times#NEVER} while it awaits
 */
public record AttemptSpan(int attempt, Status status, long startedAtMs, long endedAtMs) {

    static AttemptSpan of(AttemptFacts attempt, Placement placement) {
        Fact deciding = attempt.deciding().orElseThrow();
        long endedAtMs = deciding.type().awaits()
                ? placement
                        .next(attempt.number())
                        .map(next -> next.startedAtMs().orElseThrow())
                        .orElse(Times.NEVER)
                : deciding.occurredAtMs();
        return new AttemptSpan(
                attempt.number(),
                deciding.type().status(),
                attempt.startedAtMs().orElseThrow(),
                endedAtMs);
    }

    AttemptSpan endedAt(long newEndedAtMs) {
        return new AttemptSpan(attempt, status, startedAtMs, newEndedAtMs);
    }
}
