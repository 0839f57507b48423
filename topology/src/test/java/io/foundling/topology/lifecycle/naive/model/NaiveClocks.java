package io.foundling.topology.lifecycle.naive.model;

/**
 * How far the clocks of the reporters of a subject may differ, in milliseconds.
 *
 * @param ofRecord whether the subject is a RECORD
 */
public record NaiveClocks(boolean ofRecord, long maxSkewMs, long allowedLagMs) {

    /** Clocks that agree to the millisecond: no fact is out of step. */
    public static final NaiveClocks EXACT = new NaiveClocks(true, 0, 0);

    public static NaiveClocks of(String subjectKey, long maxSkewMs, long allowedLagMs) {
        return new NaiveClocks(subjectKey.startsWith("record/"), maxSkewMs, allowedLagMs);
    }
}
