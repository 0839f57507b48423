package io.foundling.topology.lifecycle;

import java.util.List;

/**
 * What follows from an event or a sweep: the next state, what must be said, and when to look again.
 *
 * @param changed whether the state differs from the one before; false asks for no write and no output
 * @param publishes whether the disposition is to be published
 * @param removes whether its tombstone is to be published, after it
 * @param notices what to say about orphan marks, in this order
 * @param supersession whether an attempt was superseded while it awaited and still has no outcome
 * @param dueMs look again once the audit clock is past this; {@link Fact#NEVER}: no need
 */
public record Decision(
        SubjectState state,
        boolean changed,
        boolean publishes,
        boolean removes,
        List<Notice> notices,
        List<Finding> findings,
        Supersession supersession,
        long dueMs) {

    /** STANDS once the audit clock is past its grace and nothing holds the subject; NOT_YET changes nothing. */
    public enum Supersession {
        NONE,
        NOT_YET,
        STANDS
    }
}
