package io.foundling.client;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events of one recorder in memory, for tests and for services that publish their own metrics. Any thread.
 */
public final class InMemoryRecorderMetrics implements RecorderMetrics {

    private final LongAdder recorded = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final Map<LossReason, LongAdder> lost = new EnumMap<>(LossReason.class);
    private volatile RecorderGauges gauges = new NoGauges();

    public InMemoryRecorderMetrics() {
        for (LossReason reason : LossReason.values()) {
            lost.put(reason, new LongAdder());
        }
    }

    @Override
    public void started(RecorderGauges recorder) {
        gauges = recorder;
    }

    @Override
    public void recorded() {
        recorded.increment();
    }

    @Override
    public void written() {
        written.increment();
    }

    @Override
    public void lost(LossReason reason, long events) {
        lost.get(reason).add(events);
    }

    @Override
    public void retried() {
        retried.increment();
    }

    public long recordedEvents() {
        return recorded.sum();
    }

    public long writtenEvents() {
        return written.sum();
    }

    public long retries() {
        return retried.sum();
    }

    public long lostEvents(LossReason reason) {
        return lost.get(reason).sum();
    }

    /** Returns the losses of all reasons together. */
    public long lostEvents() {
        return lost.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Returns the gauges of the recorder; they are 0 before it has started. */
    public RecorderGauges gauges() {
        return gauges;
    }

    private record NoGauges(long queuedEvents, long queuedBytes, long spooledBytes) implements RecorderGauges {
        NoGauges() {
            this(0, 0, 0);
        }
    }
}
