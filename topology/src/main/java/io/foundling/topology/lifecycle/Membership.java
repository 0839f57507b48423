package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.List;

/**
 * One attempt of a subject as a member of its parent.
 *
 * @param parent the parent's subject key
 * @param begunMs when its first fact with a status happened, and then when it repeated a status that it had (rule P6)
 * @param outcome COMPLETED, FAILED, SKIPPED, CANCELLED or RETIRED; UNKNOWN while there is none
 * @param laterOutcome if it has no outcome, that of the last of the attempts that follow it directly under the same
 *     parent; UNKNOWN if there is none
 * @param endedAtMs when one of these outcomes happened, or else when the next attempt of all these without this parent
 *     began; {@link Times#NEVER} while neither has
 * @param againMs when the next attempt that has the same parent began; {@link Times#NEVER} if there is none
 * @param announcement whether somebody asked for it
 */
public record Membership(
        String parent,
        int attempt,
        List<Long> begunMs,
        Status outcome,
        Status laterOutcome,
        long endedAtMs,
        long againMs,
        Announcement announcement) {

    public Membership {
        begunMs = List.copyOf(begunMs);
    }

    /** Returns when its first fact with a status happened. */
    public long beganMs() {
        return begunMs.get(0);
    }

    /** Returns the same as CANCELLED, at the end it had, or else at that time; whether it was announced no longer counts. */
    public Membership cancelledAt(long ms) {
        return new Membership(
                parent,
                attempt,
                begunMs,
                Status.CANCELLED,
                Status.UNKNOWN,
                endedAtMs == Times.NEVER ? ms : endedAtMs,
                againMs,
                Announcement.BEGUN);
    }

    /** Returns the same with another beginning of the next attempt. */
    public Membership againAt(long newAgainMs) {
        return new Membership(parent, attempt, begunMs, outcome, laterOutcome, endedAtMs, newAgainMs, announcement);
    }

    /** Whether the attempt has an outcome. */
    public boolean isReturned() {
        return outcome != Status.UNKNOWN;
    }

    /** Whether attempts that followed it under the same parent ended in an outcome. */
    public boolean isReturnedLater() {
        return laterOutcome != Status.UNKNOWN;
    }

    /** Whether there is none of these outcomes, but a next attempt without this parent. */
    public boolean isMoved() {
        return !isReturned() && !isReturnedLater() && endedAtMs != Times.NEVER;
    }

    /** Whether it is followed by another attempt that has the same parent. */
    public boolean isTriedAgain() {
        return againMs != Times.NEVER;
    }
}
