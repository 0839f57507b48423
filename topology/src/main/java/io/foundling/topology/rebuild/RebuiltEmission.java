package io.foundling.topology.rebuild;

import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanWarning;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Times;
import java.time.Instant;

/** When a warning was emitted, made again from what is published of it (rule R6). */
final class RebuiltEmission {

    private RebuiltEmission() {}

    static Emission of(OrphanWarning warning) {
        long detectedMs = ms(warning.getDetectedAt());
        long clockMs = warning.getClock() == null ? detectedMs : ms(warning.getClock());
        return new Emission(
                detectedMs,
                clockMs,
                warning.getDelay() == null ? 0 : warning.getDelay(),
                warning.getLimit() == null ? Long.MIN_VALUE : ms(warning.getLimit()),
                Times.plus(clockMs, warning.getActiveFor() == null ? 0 : warning.getActiveFor()));
    }

    /** Of a warning that is over, it is not published how late the audit clock was: it was past what was due. */
    static Emission of(OrphanMark mark, Deadline deadline) {
        long detectedMs = ms(mark.getDetectedAt());
        long dueMs = Math.max(Times.plus(deadline.atMs(), deadline.graceMs()), ms(mark.getEnteredAt()));
        return new Emission(detectedMs, detectedMs, 0, Math.max(detectedMs, dueMs));
    }

    private static long ms(Instant moment) {
        return moment.toEpochMilli();
    }
}
