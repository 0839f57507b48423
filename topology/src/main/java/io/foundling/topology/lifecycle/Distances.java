package io.foundling.topology.lifecycle;

/**
 * How long after an end a fact without a number must have happened to start the next attempt, and how far apart
 * facts of different rank may be (rules L6 and L12). Two reporters of one subject are not ordered by their clocks alone.
 *
 * @param ofRecord whether the subject is a RECORD
 * @param ofScope whether it is a SCOPE
 */
public record Distances(boolean ofRecord, boolean ofScope, long maxSkewMs, long allowedLagMs) {

    private static final String RECORD_PREFIX = "record/";
    private static final String SCOPE_PREFIX = "scope/";

    static Distances of(String subjectKey, LifecycleSettings settings) {
        return new Distances(
                subjectKey.startsWith(RECORD_PREFIX),
                subjectKey.startsWith(SCOPE_PREFIX),
                settings.maxSkewMs(),
                settings.allowedLagMs());
    }

    /** Returns the distance of a fact from the latest end of an attempt, whose first outcome or else RETRYING counts. */
    long afterEndMs(FactType firstOutcome, boolean holdsStatus, boolean namesAnotherParent) {
        if (holdsStatus) {
            return isRecordThatEndedWell(firstOutcome) ? allowedLagMs : 0;
        }
        return isRecordThatEndedWell(firstOutcome) && !namesAnotherParent ? maxSkewMs : allowedLagMs;
    }

    /** Whether the distance falls away if runs follow quickly. */
    boolean knowsQuickRuns(FactType firstOutcome, boolean holdsStatus) {
        return holdsStatus && isRecordThatEndedWell(firstOutcome);
    }

    private boolean isRecordThatEndedWell(FactType firstOutcome) {
        return ofRecord && (firstOutcome == FactType.COMPLETED || firstOutcome == FactType.SKIPPED);
    }

    /** Returns how far two ends may be apart if runs follow quickly. */
    long quickRunsMs() {
        return allowedLagMs > Long.MAX_VALUE / 3 ? Long.MAX_VALUE : 3 * allowedLagMs;
    }
}
