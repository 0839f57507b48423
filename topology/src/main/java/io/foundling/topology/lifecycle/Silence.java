package io.foundling.topology.lifecycle;

/**
 * What the silence of a source means for the warnings of its subjects (rule T28).
 *
 * @param sinceMs when it was last heard, if it is silent; {@link Times#NEVER} if it is not
 * @param settledMs what is UNKNOWN is confirmed only once the clock is past this, because it was heard again
 */
public record Silence(long sinceMs, long settledMs) {

    /** The source was not silent of late. */
    public static final Silence NONE = new Silence(Times.NEVER, Long.MIN_VALUE);

    boolean isNow() {
        return sinceMs != Times.NEVER;
    }
}
