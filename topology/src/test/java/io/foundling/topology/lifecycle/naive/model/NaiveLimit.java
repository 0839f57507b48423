package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Times;

/**
 * When a wait must have ended, and what set that limit: a fact, or the closing of a parent (rule P8).
 *
 * @param saidAtMs when the fact that gave the deadline happened
 * @param givenMs when that fact was appended, or what came with the closing that set the limit
 * @param closedParent empty where no closing set it
 */
record NaiveLimit(
        long deadlineMs,
        long graceMs,
        String rule,
        long saidAtMs,
        long givenMs,
        OrphanReason reason,
        String closedParent) {

    static NaiveLimit givenBy(Fact fact, long graceMs, String rule) {
        return new NaiveLimit(
                fact.deadline().atMs(),
                graceMs,
                rule,
                fact.occurredAtMs(),
                fact.event().appendedAtMs(),
                OrphanReason.DEADLINE_PASSED,
                "");
    }

    /** Returns the same for a wait without a deadline. */
    NaiveLimit never() {
        return new NaiveLimit(Times.NEVER, 0, rule, saidAtMs, givenMs, reason, closedParent);
    }

    long atMs() {
        return deadlineMs == Times.NEVER ? Times.NEVER : NaiveOrder.add(deadlineMs, graceMs);
    }

    /** Returns when the limit has passed, and the fact that gave it has happened. */
    long timeMs() {
        return Math.max(atMs(), saidAtMs);
    }

    /** Whether its time is due. */
    boolean isDue(NaiveMoment moment, long maxLateHoldMs) {
        boolean judged = NaiveOrder.add(moment.clockMs(), -moment.delayMs()) > timeMs();
        boolean waitedLongEnough = moment.clockMs() > NaiveOrder.add(Math.max(timeMs(), givenMs), maxLateHoldMs);
        return judged || waitedLongEnough;
    }
}
