package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;

/** Derives the memberships of a subject. Collapsed attempts have none. */
final class Memberships {

    private Memberships() {}

    /** Returns the attempts that have a status and a parent, by number. */
    static List<Membership> of(PlacedDisposition subject) {
        if (subject.disposition().facts().stream()
                .allMatch(fact -> fact.parent().isEmpty())) {
            return List.of();
        }
        Placement placement = subject.placement();
        List<Membership> memberships = new ArrayList<>();
        for (AttemptFacts attempt : placement.attempts().values()) {
            if (attempt.hasStatus() && !attempt.parent().isEmpty()) {
                memberships.add(membership(attempt, placement));
            }
        }
        return memberships;
    }

    private static Membership membership(AttemptFacts attempt, Placement placement) {
        Fact deciding = attempt.deciding().orElseThrow();
        boolean returned = !deciding.type().awaits();
        long nextMs = placement.next(attempt.number()).map(Memberships::beganMs).orElse(Times.NEVER);
        return new Membership(
                attempt.parent(),
                attempt.number(),
                attempt.startedAtMs().orElseThrow(),
                returned ? deciding.type().status() : Status.UNKNOWN,
                returned ? deciding.occurredAtMs() : nextMs,
                againMs(attempt, placement),
                announcement(attempt, placement));
    }

    /** A retry inside a parent was asked for if an earlier attempt was. */
    private static Announcement announcement(AttemptFacts attempt, Placement placement) {
        boolean named = false;
        boolean asked = false;
        for (AttemptFacts each :
                placement.attempts().headMap(attempt.number(), true).values()) {
            if (each.parent().equals(attempt.parent())) {
                for (Fact fact : each.facts()) {
                    named |= fact.type() == FactType.EXPECTED;
                    asked |= fact.type().begins();
                }
            }
        }
        if (attempt.deciding().orElseThrow().type() == FactType.EXPECTED) {
            return Announcement.NEVER_BEGAN;
        } else if (named) {
            return Announcement.NAMED;
        }
        return asked ? Announcement.BEGUN : Announcement.UNANNOUNCED;
    }

    private static long againMs(AttemptFacts attempt, Placement placement) {
        return placement.attempts().tailMap(attempt.number(), false).values().stream()
                .filter(later -> later.hasStatus() && later.parent().equals(attempt.parent()))
                .findFirst()
                .map(Memberships::beganMs)
                .orElse(Times.NEVER);
    }

    private static long beganMs(AttemptFacts attempt) {
        return attempt.startedAtMs().orElseThrow();
    }
}
