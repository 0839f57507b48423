package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Deadline;
import java.util.Optional;

/**
 * An event of a trail as the ledger reads it.
 *
 * @param body the name of its body
 * @param refusal why it may not be applied; none for what is applied or left out
 */
record ReadEvent(String body, Arrival arrival, Reading reading, Optional<Refusal> refusal) {

    static final String ERASED = "Erased";

    /** What becomes of an event before any rule about its subject. */
    enum Reading {
        APPLIED,
        /** It may not be applied, and only its violations are read (rule L2). */
        REFUSED,
        /** It never reached the rules about its subject (rules L2 and L18). */
        UNREAD,
        /** An expectation sent it that is not in force any more (rule E6). */
        LEFT_OUT
    }

    /** Makes one that may be applied. */
    static ReadEvent applied(String body, Arrival arrival) {
        return new ReadEvent(body, arrival, Reading.APPLIED, Optional.empty());
    }

    /** Makes one that never reached the rules about its subject. */
    static ReadEvent unread(String body, Arrival arrival, Refusal refusal) {
        return new ReadEvent(body, arrival, Reading.UNREAD, Optional.of(refusal));
    }

    /** Returns this as one of an expectation that is not in force any more. */
    ReadEvent leftOut() {
        return new ReadEvent(body, arrival, Reading.LEFT_OUT, Optional.empty());
    }

    /** Returns this with another deadline of its fact. */
    ReadEvent under(Deadline deadline) {
        return new ReadEvent(body, arrival.under(deadline), reading, refusal);
    }

    /** Whether it erases its subject (rule R5). */
    boolean erases() {
        return reading == Reading.APPLIED && body.equals(ERASED);
    }
}
