package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.SubjectKind;

/**
 * Under which circumstances a subject lives.
 *
 * @param numbered whether its facts carry the number of their run
 * @param racing whether a run may end as it begins, so that its result overtakes what was reported before; else every
 *     run takes 10 s or longer
 * @param gapMs how long after the end of one run the next one begins
 * @param skewMs by how much each reporter's clock may be wrong, in either direction
 */
record Circumstances(SubjectKind kind, boolean numbered, boolean racing, long gapMs, long skewMs) {

    /** How far apart two clocks can be, with the 20 ms that a reporter may need to report. */
    long toleranceMs() {
        return 2 * skewMs + 20;
    }
}
