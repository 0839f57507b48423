package io.foundling.topology.lifecycle;

/**
 * The newest event of a subject: the last one read that changed something.
 *
 * @param late whether it was appended more than lateAfter after it happened
 */
public record NewestEvent(long appendedAtMs, boolean late) {

    static final NewestEvent NONE = new NewestEvent(Long.MIN_VALUE, false);
}
