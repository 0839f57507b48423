package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;

/** Derives the memberships of a subject from its attempts in brief, also from those that have collapsed (rule B2). */
final class Memberships {

    private final List<AttemptSpan> attempts;

    private Memberships(List<AttemptSpan> attempts) {
        this.attempts = attempts;
    }

    /** Returns the attempts that have a status and a parent, by number. */
    static List<Membership> of(PlacedDisposition subject) {
        Disposition disposition = subject.disposition();
        return namesAny(disposition) ? new Memberships(subject.attempts()).all() : List.of();
    }

    private static boolean namesAny(Disposition disposition) {
        for (Fact fact : disposition.facts()) {
            if (!fact.parent().isEmpty()) {
                return true;
            }
        }
        for (AttemptSpan span : disposition.collapsed().history()) {
            if (span.isMember()) {
                return true;
            }
        }
        return false;
    }

    private List<Membership> all() {
        List<Membership> memberships = new ArrayList<>();
        for (int at = 0; at < attempts.size(); at++) {
            if (attempts.get(at).isMember()) {
                memberships.add(membership(at));
            }
        }
        return memberships;
    }

    private Membership membership(int at) {
        AttemptSpan attempt = attempts.get(at);
        AttemptSpan last = attempts.get(lastUnderTheSameParent(at));
        return new Membership(
                attempt.parent(),
                attempt.attempt(),
                begunMs(attempt),
                attempt.awaits() ? Status.UNKNOWN : attempt.status(),
                last == attempt || last.awaits() ? Status.UNKNOWN : last.status(),
                last.endedAtMs(),
                againMs(at),
                announcement(at));
    }

    private static List<Long> begunMs(AttemptSpan attempt) {
        List<Long> begun = new ArrayList<>(attempt.repeatedAtMs());
        begun.add(0, attempt.startedAtMs());
        return begun;
    }

    /** Returns the last of the attempts that go on with one that has no outcome, without another parent in between. */
    private int lastUnderTheSameParent(int at) {
        int last = at;
        while (attempts.get(at).awaits()
                && last + 1 < attempts.size()
                && attempts.get(last + 1).parent().equals(attempts.get(at).parent())) {
            last++;
        }
        return last;
    }

    /** A retry inside a parent was asked for if an earlier attempt was. */
    private Announcement announcement(int at) {
        AttemptSpan attempt = attempts.get(at);
        Announcement announcement = attempt.announcement();
        for (AttemptSpan earlier : attempts.subList(0, at)) {
            if (earlier.parent().equals(attempt.parent())) {
                announcement = announcement.after(earlier.announcement());
            }
        }
        return announcement;
    }

    private long againMs(int at) {
        for (AttemptSpan later : attempts.subList(at + 1, attempts.size())) {
            if (later.parent().equals(attempts.get(at).parent())) {
                return later.startedAtMs();
            }
        }
        return Times.NEVER;
    }
}
