package io.foundling.topology.lifecycle.truth;

/**
 * How often the rules were wrong, in runs and in subjects.
 *
 * @param falseOrphans runs that were in time and for which a warning was emitted at some time, even if it was withdrawn
 * @param falseInTheEnd runs that were in time, or had ended, and for which a warning stays
 * @param lostOrphans runs that were overdue and for which there is no warning long after
 * @param wrongAttempts subjects whose number of attempts is wrong
 * @param wrongStatuses subjects whose status is wrong
 */
record Faults(
        int runs,
        int falseOrphans,
        int falseInTheEnd,
        int lostOrphans,
        int subjects,
        int wrongAttempts,
        int wrongStatuses) {

    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0);

    Faults plus(Faults more) {
        return new Faults(
                runs + more.runs,
                falseOrphans + more.falseOrphans,
                falseInTheEnd + more.falseInTheEnd,
                lostOrphans + more.lostOrphans,
                subjects + more.subjects,
                wrongAttempts + more.wrongAttempts,
                wrongStatuses + more.wrongStatuses);
    }

    /** Whether nobody was warned of wrongly and nobody was lost. */
    boolean noOrphanWrong() {
        return falseOrphans + falseInTheEnd + lostOrphans == 0;
    }

    boolean none() {
        return noOrphanWrong() && wrongAttempts + wrongStatuses == 0;
    }
}
