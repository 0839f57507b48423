package io.foundling.topology.lifecycle;

/**
 * What retention counts from. Moments that are not there are {@link Times#NEVER}.
 *
 * @param statusReadAtMs when the facts that gave status and attempt were read
 * @param removedAtMs when retention removed the disposition and left this stone
 */
public record RetentionTimes(long statusReadAtMs, long removedAtMs) {

    static final RetentionTimes NONE = new RetentionTimes(Times.NEVER, Times.NEVER);

    RetentionTimes readAt(long nowMs) {
        return new RetentionTimes(nowMs, removedAtMs);
    }

    RetentionTimes removedAt(long nowMs) {
        return new RetentionTimes(statusReadAtMs, nowMs);
    }
}
