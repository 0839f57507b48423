package io.foundling.client.internal.event;

import io.foundling.audit.Producer;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the events of one recorder have in common: the reporting service, the clock, the ids, the count of lost events
 * and the current trace. Any thread.
 */
public final class EventSource {

    private final Clock clock;
    private final LongSupplier dropped;
    private final Supplier<String> trace;
    private final EventIds ids = new EventIds();
    private volatile Producer producer;

    /**
     * @param dropped gives how many events were lost so far; every event carries that count
     * @param trace gives the W3C trace context of the calling thread, or null if there is none
     */
    public EventSource(
            String service,
            String instance,
            String version,
            Clock clock,
            LongSupplier dropped,
            Supplier<String> trace) {
        ShortThread.run(EventClasses::prepare);
        this.clock = clock;
        this.dropped = dropped;
        this.trace = trace;
        producer = new Producer(service, instance, version, 0L);
    }

    /** Returns the time of the clock, in milliseconds since 1970. */
    public long nowMs() {
        return clock.millis();
    }

    /** Returns a new id for an event that is recorded at this time. */
    public UUID newId(long nowMs) {
        return ids.next(nowMs);
    }

    /** Returns the producer part of an event that is recorded now. Events share it until another event is lost. */
    public Producer producer() {
        Producer known = producer;
        long lost = dropped.getAsLong();
        if (known.getDropped() == lost) {
            return known;
        }
        Producer counted = new Producer(known.getService(), known.getInstance(), known.getVersion(), lost);
        producer = counted;
        return counted;
    }

    /** Returns the trace context of the calling thread, or null if there is none. */
    public String traceparent() {
        return trace.get();
    }
}
