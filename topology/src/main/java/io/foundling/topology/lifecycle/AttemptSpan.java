package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.List;

/**
 * One attempt in brief.
 *
 * @param startedAtMs when its first fact with a status happened
 * @param endedAtMs when its outcome happened, the next attempt started or its cancelled parent ended it;
 *     {@link Times#NEVER} while it awaits
 * @param parent its parent, or an empty text
 * @param repeatedAtMs when awaiting statuses that it had were repeated under its parent (rule P6), in order
 * @param announcement whether somebody asked for it by one of its own facts
 */
public record AttemptSpan(
        int attempt,
        Status status,
        long startedAtMs,
        long endedAtMs,
        List<Long> repeatedAtMs,
        String parent,
        Announcement announcement) {

    public AttemptSpan {
        repeatedAtMs = List.copyOf(repeatedAtMs);
    }

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
                endedAtMs,
                placement.repeatsOf(attempt).stream().map(Fact::occurredAtMs).toList(),
                placement.parentOf(attempt),
                announcement(attempt, deciding));
    }

    private static Announcement announcement(AttemptFacts attempt, Fact deciding) {
        Announcement announcement = Announcement.UNANNOUNCED;
        for (Fact fact : attempt.facts()) {
            if (fact.type() == FactType.EXPECTED && !fact.isOfExpectation()) {
                return deciding.type() == FactType.EXPECTED ? Announcement.NEVER_BEGAN : Announcement.NAMED;
            } else if (fact.type().begins()) {
                announcement = Announcement.BEGUN;
            }
        }
        return announcement;
    }

    AttemptSpan endedAt(long newEndedAtMs) {
        return new AttemptSpan(attempt, status, startedAtMs, newEndedAtMs, repeatedAtMs, parent, announcement);
    }

    boolean isMember() {
        return !parent.isEmpty();
    }

    boolean awaits() {
        return Statuses.awaits(status);
    }
}
