package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * One attempt in brief.
 *
 * @param startedAtMs when its first fact with a status happened
 * @param endedAtMs when its outcome happened, the next attempt started or its cancelled parent ended it;
 *     {@link Times#NEVER} while it awaits
 * @param parent its parent, or an empty text
 * @param announcement whether somebody asked for it by one of its own facts
 */
public record AttemptSpan(
        int attempt, Status status, long startedAtMs, long endedAtMs, String parent, Announcement announcement) {

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
                placement.parentOf(attempt),
                announcement(attempt, deciding));
    }

    private static Announcement announcement(AttemptFacts attempt, Fact deciding) {
        if (deciding.type() == FactType.EXPECTED) {
            return Announcement.NEVER_BEGAN;
        }
        Announcement announcement = Announcement.UNANNOUNCED;
        for (Fact fact : attempt.facts()) {
            if (fact.type() == FactType.EXPECTED) {
                return Announcement.NAMED;
            } else if (fact.type().begins()) {
                announcement = Announcement.BEGUN;
            }
        }
        return announcement;
    }

    AttemptSpan endedAt(long newEndedAtMs) {
        return new AttemptSpan(attempt, status, startedAtMs, newEndedAtMs, parent, announcement);
    }

    boolean isMember() {
        return !parent.isEmpty();
    }

    boolean awaits() {
        return Statuses.awaits(status);
    }
}
