package io.foundling.topology.lifecycle;

/**
 * What retention counts from. Moments that are not there are {@link Times#NEVER}.
 *
 * @param statusReadAtMs when the facts that gave status and attempt were read, or that its cancelled parent ended it
 * @param removedAtMs when retention removed the disposition and left this stone
 * @param endedAtMs when the cancelled parent of the subject closed and ended its status (rule P9)
 */
public record RetentionTimes(long statusReadAtMs, long removedAtMs, long endedAtMs) {

    static final RetentionTimes NONE = new RetentionTimes(Times.NEVER, Times.NEVER, Times.NEVER);

    /** Whether the status has ended with the parent of the subject. */
    boolean isEnded() {
        return endedAtMs != Times.NEVER;
    }

    RetentionTimes readAt(long nowMs) {
        return new RetentionTimes(nowMs, removedAtMs, endedAtMs);
    }

    RetentionTimes removedAt(long nowMs) {
        return new RetentionTimes(statusReadAtMs, nowMs, endedAtMs);
    }

    /** Returns the same for a disposition that was removed, and now is there again. */
    RetentionTimes wokenAt(long nowMs) {
        return new RetentionTimes(nowMs, Times.NEVER, endedAtMs);
    }

    /** Retention begins anew when the status ends, not when its end is corrected. */
    RetentionTimes endedAt(long newEndedAtMs, long nowMs) {
        boolean changes = isEnded() != (newEndedAtMs != Times.NEVER);
        return new RetentionTimes(changes ? nowMs : statusReadAtMs, removedAtMs, newEndedAtMs);
    }
}
