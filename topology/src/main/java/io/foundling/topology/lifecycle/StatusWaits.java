package io.foundling.topology.lifecycle;

import java.util.List;

/**
 * Derives the waits of one status of one attempt from the extensions and repeats that happened while the attempt had it
 * (rules T11, T12, B7 and B8). One instance derives once.
 */
final class StatusWaits {

    private final AttemptFacts attempt;
    private final Fact entered;
    private final long endMs;
    private final List<Wait> waits;
    private final DecidingRepeats deciding;
    private final RulesTrace trace;
    private long coveredMs = Long.MIN_VALUE;
    private boolean repeatedInTime;
    private Wait wait;

    /**
     * Makes one that adds to lists.
     *
     * @param endMs when the attempt no longer had the status
     * @param waits to which the waits are added
     * @param deciding which takes the repeats without which the waits would be others
     * @param trace which follows what each extension and each repeat did
     */
    StatusWaits(
            AttemptFacts attempt,
            Fact entered,
            long endMs,
            List<Wait> waits,
            DecidingRepeats deciding,
            RulesTrace trace) {
        this.attempt = attempt;
        this.entered = entered;
        this.endMs = endMs;
        this.waits = waits;
        this.deciding = deciding;
        this.trace = trace;
        wait = new Wait(
                new WaitId(
                        attempt.number(),
                        entered.type().status(),
                        entered.chain().gaps()),
                entered.time(),
                Limit.own(entered.deadline()),
                entered.time(),
                entered.texts().waitingOn(),
                Times.NEVER,
                false);
    }

    /** @param moves extensions and repeats in the order in which they began */
    void addAll(List<Fact> moves, long leftAtMs) {
        for (Fact move : moves) {
            Wait before = wait;
            MovedBy by = move.type().hasStatus() ? repeat(move) : extend(move);
            trace.moved(move, by, before, wait);
        }
        waits.add(wait.leftAt(leftAtMs));
    }

    private boolean isInTime(long whenMs) {
        return whenMs <= wait.limitMs() || whenMs <= coveredMs || whenMs < entered.occurredAtMs();
    }

    private MovedBy extend(Fact extension) {
        long beganMs = extension.beganAtMs();
        boolean inTime = isInTime(beganMs);
        if (!inTime) {
            waits.add(wait.leftAt(beganMs));
            wait = wait.next(new FactTime(beganMs, extension.event().appendedAtMs()));
        }
        boolean isLast = extension.occurredAtMs() >= wait.given().occurredAtMs();
        wait = new Wait(
                wait.id().after(extension.chain().gaps()),
                wait.entered(),
                isLast ? extended(extension) : wait.limit(),
                isLast ? extension.time() : wait.given(),
                waitingOn(extension),
                Times.NEVER,
                false);
        coveredMs = extension.chain().exists() ? Math.max(coveredMs, extension.occurredAtMs()) : coveredMs;
        return inTime ? MovedBy.EXTENSION_IN_TIME : MovedBy.EXTENSION_AFTER_LIMIT;
    }

    /** If the status was left within a chain, nobody knows any more which of its extensions was the last before that. */
    private Limit extended(Fact extension) {
        return deadline(extension.occurredAtMs() < endMs ? extension.deadline().atMs() : Times.NEVER, extension);
    }

    /** Whatever moves a deadline, the grace stays that of the fact that entered the status. */
    private Limit deadline(long deadlineMs, Fact move) {
        return Limit.own(new Deadline(
                deadlineMs, entered.deadline().graceMs(), move.deadline().rule()));
    }

    /**
     * A chain of restarts is judged by its beginning. What happened within a chain neither restarts nor forbids it, and
     * neither does an Expected of an expectation: nobody has begun again (rule E4).
     */
    private MovedBy repeat(Fact repeat) {
        boolean isCovered = repeat.beganAtMs() <= coveredMs;
        if (repeat.isOfExpectation()
                || repeatedInTime
                || isCovered && repeat.occurredAtMs() <= Math.max(coveredMs, wait.limitMs())) {
            return MovedBy.REPEAT;
        }
        if (!isCovered && isInTime(repeat.beganAtMs())) {
            repeatedInTime = true;
            deciding.addInTime(repeat);
            return MovedBy.REPEAT_IN_TIME;
        }
        if (!canRestart(repeat)) {
            return MovedBy.REPEAT;
        }
        restart(repeat, isCovered ? Math.min(coveredMs, wait.limitMs()) : repeat.beganAtMs());
        return MovedBy.RESTART;
    }

    private void restart(Fact repeat, long beganMs) {
        boolean leftWithin = repeat.chain().exists() && repeat.occurredAtMs() >= endMs;
        waits.add(wait.restartedAt(beganMs));
        wait = new Wait(
                wait.id().after(1 + repeat.chain().gaps()),
                repeat.time(),
                deadline(leftWithin ? Times.NEVER : repeat.deadline().atMs(), repeat),
                repeat.time(),
                waitingOn(repeat),
                Times.NEVER,
                false);
        if (repeat.chain().exists()) {
            coveredMs = Math.max(coveredMs, repeat.occurredAtMs());
        }
        // A chain that ends in a later attempt belongs to that one.
        if (!attempt.passing().contains(repeat)) {
            deciding.addRestart(repeat, wait.id());
        }
    }

    /** A number leaves no doubt which try it is, and a declaration begins nothing. */
    private boolean canRestart(Fact repeat) {
        if (repeat.isNumbered() || repeat.type() == FactType.DECLARED) {
            return false;
        }
        for (Fact fact : attempt.facts()) {
            if (fact.isNumbered() && fact.precedes(repeat)) {
                return false;
            }
        }
        return true;
    }

    private String waitingOn(Fact move) {
        String waitingOn = move.texts().waitingOn();
        return waitingOn.isEmpty() ? wait.waitingOn() : waitingOn;
    }
}
