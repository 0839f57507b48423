package io.foundling.client.internal.event;

import com.github.f4b6a3.uuid.UuidCreator;
import io.foundling.audit.Producer;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the events of one recorder have in common: the reporting service, the clock, the count of lost events and the
 * current trace. Any thread.
 *
 * @param dropped gives how many events were lost so far; every event carries that count
 * @param trace gives the W3C trace context of the calling thread, or null if there is none
 */
public record EventSource(
        String service, String instance, String version, Clock clock, LongSupplier dropped, Supplier<String> trace) {

    public EventSource {
        ShortThread.run(EventClasses::prepare);
    }

    /**
     * Returns a new UUIDv7. Its random part comes from a fast generator: an id has to be unique, not secret, and a
     * secure generator costs more than the rest of the call.
     */
    public UUID newId() {
        return UuidCreator.getTimeOrderedEpochFast();
    }

    public Instant now() {
        return clock.instant();
    }

    /** Returns the producer part of an event that is recorded now. */
    public Producer producer() {
        return new Producer(service, instance, version, dropped.getAsLong());
    }

    /** Returns the trace context of the calling thread, or null if there is none. */
    public String traceparent() {
        return trace.get();
    }
}
