package io.foundling.client.springboot;

import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import io.foundling.client.RecorderMetrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Whether a recorder gets its events through. It does not for a minute from the first look that sees a loss, and it
 * does not if looks have found for a minute that events wait and none was written. Only looks have a time, so that an
 * event costs an addition only. Any thread.
 */
final class RecorderState implements RecorderMetrics {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private volatile RecorderGauges gauges;
    private long seenWritten;
    private long seenLost;
    private boolean waited;
    private long stalledNanos;
    private long lossNanos;

    /** @param nanoTime a clock that only goes forward */
    RecorderState(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        stalledNanos = nanoTime.getAsLong();
        lossNanos = stalledNanos - MINUTE;
    }

    /**
     * What is true at a look.
     *
     * @param details numbers by their names, and the problem if there is one
     */
    record Look(boolean up, Map<String, Object> details) {}

    synchronized Look look() {
        RecorderGauges recorder = gauges;
        long now = nanoTime.getAsLong();
        long queued = recorder == null ? 0 : recorder.queuedEvents();
        long spooled = recorder == null ? 0 : recorder.spooledBytes();
        boolean waits = queued + spooled > 0;
        if (!waits || !waited || written.sum() != seenWritten) {
            stalledNanos = now;
        }
        waited = waits;
        if (lost.sum() != seenLost) {
            lossNanos = now;
        }
        seenWritten = written.sum();
        seenLost = lost.sum();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("queuedEvents", queued);
        details.put("spooledBytes", spooled);
        details.put("written", seenWritten);
        details.put("lost", seenLost);
        if (now - lossNanos < MINUTE) {
            details.put("problem", "events were lost; the log of the recorder says why");
        } else if (now - stalledNanos >= MINUTE) {
            details.put("problem", "events wait, and none was written for a minute; broker or registry is away");
        }
        return new Look(!details.containsKey("problem"), details);
    }

    @Override
    public void started(RecorderGauges recorder) {
        gauges = recorder;
    }

    @Override
    public void stopped() {
        gauges = null;
    }

    @Override
    public void written() {
        written.increment();
    }

    @Override
    public void lost(LossReason reason, long events) {
        lost.add(events);
    }
}
