package io.foundling.topology.lifecycle;

import java.util.List;
import java.util.Map;

/**
 * What follows for a subject from an event or from the passing of time: its next state, what is published, and when it
 * must be decided on again.
 *
 * @param changed whether the state differs from the one before; false asks for no write and no output
 * @param superseded how many attempts were superseded while they awaited, and still have no outcome
 * @param waiting what the subject waits for
 * @param scope whether it is a declared scope, and why that is stale
 * @param dueMs decide again once the audit clock is past this; {@link Times#NEVER} if there is no need
 */
public record Decision(
        PlacedDisposition before,
        PlacedDisposition after,
        boolean changed,
        Outputs outputs,
        Superseded superseded,
        Waiting waiting,
        Scope scope,
        long dueMs) {

    /**
     * What a subject waits for.
     *
     * @param isUnwatched whether it awaits without a deadline and without a parent (rule T22)
     * @param isHeld whether the clock is past a limit that is not due yet, because its source is delayed (rule T24)
     * @param unreadParents those whose closures must be read through a limit that has passed before they may set it, with
     *     that limit (rule P18)
     */
    public record Waiting(boolean isUnwatched, boolean isHeld, Map<String, Long> unreadParents) {

        public Waiting {
            unreadParents = Map.copyOf(unreadParents);
        }
    }

    /**
     * What is published.
     *
     * @param disposition whether the disposition is
     * @param tombstone whether its tombstone is, after it
     * @param warnings changes of warnings, in this order
     * @param violations those that were not reported before
     * @param outOfStep facts that are out of step since this event (rule L20); they are counted, not published
     */
    public record Outputs(
            boolean disposition,
            boolean tombstone,
            List<WarningChange> warnings,
            List<Violation> violations,
            List<Fact> outOfStep) {}

    /**
     * How many superseded attempts a subject has. Those that are not due yet neither begin nor cease to count.
     *
     * @param due those whose limit is due
     * @param all with those that are not due
     */
    public record Superseded(int due, int all) {}

    /**
     * Why a declared scope is stale or will be (rule F2).
     *
     * @param reasons the first that is due counts
     * @param lookAtMs when the next of them will be due; {@link Times#NEVER} if none
     */
    public record Scope(boolean isDeclared, List<Judged> reasons, long lookAtMs) {

        /** No declared scope. */
        static final Scope NONE = new Scope(false, List.of(), Times.NEVER);
    }

    /** A reason, and whether it is due: it may be no longer, because the delay has grown. */
    public record Judged(Stale reason, boolean isDue) {}

    public boolean isUnwatched() {
        return waiting.isUnwatched();
    }

    public boolean isHeld() {
        return waiting.isHeld();
    }

    public Map<String, Long> unreadParents() {
        return waiting.unreadParents();
    }

    /** Returns the next state. */
    public Disposition state() {
        return after.disposition();
    }

    /** Whether facts came, went or collapsed: without that neither memberships nor closings can change. */
    public boolean changesFacts() {
        return !before.disposition().facts().equals(state().facts());
    }
}
