package io.foundling.client.spool;

import io.foundling.audit.AuditEvent;
import io.foundling.client.internal.delivery.SpooledEvents;
import io.foundling.client.internal.spool.SpoolEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Counts the events of a spool and notes their times and producers. One thread. */
final class Tally {

    private final SpooledEvents decoder = new SpooledEvents();
    private final SortedSet<String> producers = new TreeSet<>();
    private long events;
    private long unreadable;
    private Optional<SpoolContent.Times> times = Optional.empty();

    void add(SpoolEntry.Frame frame) {
        decoder.event(frame).ifPresentOrElse(this::add, () -> unreadable++);
    }

    long events() {
        return events;
    }

    /** Returns how many frames were no event. */
    long unreadable() {
        return unreadable;
    }

    Optional<SpoolContent.Times> times() {
        return times;
    }

    SortedSet<String> producers() {
        return producers;
    }

    private void add(AuditEvent event) {
        Instant time = event.getOccurredAt();
        events++;
        producers.add(
                event.getProducer().getService() + ' ' + event.getProducer().getInstance());
        times = Optional.of(times.orElse(new SpoolContent.Times(time, time)).with(time));
    }
}
