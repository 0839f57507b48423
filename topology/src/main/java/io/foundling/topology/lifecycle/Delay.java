package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.List;

/**
 * How late the events of one source are appended at present (rule T16). Of the latenesses that are remembered it keeps
 * those that can still become the greatest: after rounding there are at most eight for each doubling.
 *
 * @param steps the greatest delay first, each remembered longer than the one before
 */
public record Delay(List<Step> steps) {

    /** The events of the source come in time. */
    public static final Delay NONE = new Delay(List.of());

    /** The smallest step to which a lateness is rounded up. */
    private static final long SMALLEST_STEP_MS = 10_000;

    /** With so many steps of one size the next size begins, so that a step is an eighth of what it rounds, or less. */
    private static final int STEPS_OF_A_SIZE = 16;

    public Delay {
        steps = List.copyOf(steps);
    }

    /**
     * A delay, and how long it is remembered.
     *
     * @param untilMs no longer remembered once the clock is past this
     */
    public record Step(long delayMs, long untilMs) {

        /** Whether another one adds nothing to this one. */
        boolean covers(Step other) {
            return delayMs >= other.delayMs && untilMs >= other.untilMs;
        }
    }

    /** Returns a lateness rounded up to whole steps. */
    public static long rounded(long latenessMs) {
        long stepMs = SMALLEST_STEP_MS;
        while ((latenessMs - 1) / STEPS_OF_A_SIZE >= stepMs) {
            stepMs *= 2;
        }
        return Times.plus(latenessMs, stepMs - 1) / stepMs * stepMs;
    }

    /** Returns the delay at a time of the task's clock. */
    public long atMs(long clockMs) {
        for (Step step : steps) {
            if (clockMs <= step.untilMs()) {
                return step.delayMs();
            }
        }
        return 0;
    }

    /**
     * Returns the time that the clock must be past for a time to be due, if nothing more comes late: the judged clock is
     * past it, or too long has passed since.
     *
     * @param givenMs when what gave the time was appended
     * @param maxHoldMs how long after both it is due at the latest
     */
    public long dueMs(long timeMs, long givenMs, long maxHoldMs) {
        if (timeMs == Times.NEVER) {
            return Times.NEVER;
        }
        long dueMs = Times.plus(Math.max(timeMs, givenMs), maxHoldMs);
        long rememberedMs = Long.MIN_VALUE;
        for (Step step : steps) {
            dueMs = Math.min(dueMs, Math.max(Times.plus(timeMs, step.delayMs()), rememberedMs));
            rememberedMs = step.untilMs();
        }
        return Math.min(dueMs, Math.max(timeMs, rememberedMs));
    }

    /** Whether a step adds nothing to this. */
    public boolean covers(Step step) {
        return steps.stream().anyMatch(known -> known.covers(step));
    }

    /** Returns this with one more step, and without those that the clock is past. */
    public Delay with(Step added, long clockMs) {
        if (covers(added)) {
            return this;
        }
        List<Step> kept = new ArrayList<>(steps.size() + 1);
        boolean placed = false;
        for (Step step : steps) {
            if (!placed && step.delayMs() <= added.delayMs()) {
                kept.add(added);
                placed = true;
            }
            if (!added.covers(step) && clockMs <= step.untilMs()) {
                kept.add(step);
            }
        }
        if (!placed) {
            kept.add(added);
        }
        return new Delay(kept);
    }

    /** Whether nothing of this is remembered any more. */
    public boolean isOver(long clockMs) {
        return steps.isEmpty() || clockMs > steps.get(steps.size() - 1).untilMs();
    }
}
