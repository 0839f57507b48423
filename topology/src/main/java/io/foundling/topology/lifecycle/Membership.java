package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * One attempt of a subject as a member of its parent.
 *
 * @param parent the parent's subject key
 * @param beganMs when its first fact with a status happened
 * @param outcome COMPLETED, FAILED, SKIPPED, CANCELLED or RETIRED; UNKNOWN while there is none
 * @param endedAtMs when that happened, or else when the next attempt began; {@link Times#NEVER} while neither has
 * @param againMs when the next attempt that has the same parent began; {@link Times#NEVER} if there is none
 * @param announcement whether somebody asked for it
 */
public record Membership(
        String parent,
        int attempt,
        long beganMs,
        Status outcome,
        long endedAtMs,
        long againMs,
        Announcement announcement) {

    /** Returns the same as CANCELLED, at the end it had, or else at that time; whether it was announced no longer counts. */
    public Membership cancelledAt(long ms) {
        return new Membership(
                parent,
                attempt,
                beganMs,
                Status.CANCELLED,
                endedAtMs == Times.NEVER ? ms : endedAtMs,
                againMs,
                Announcement.BEGUN);
    }

    /** Whether the attempt has an outcome. */
    public boolean isReturned() {
        return outcome != Status.UNKNOWN;
    }

    /** Whether it has none, but a next attempt. */
    public boolean isMoved() {
        return !isReturned() && endedAtMs != Times.NEVER;
    }
}
