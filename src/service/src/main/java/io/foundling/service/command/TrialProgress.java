package io.foundling.service.command;

import io.foundling.console.policies.RecordedEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Hands on the events of a trail, and prints every few seconds how many there were and when the last was appended. */
final class TrialProgress implements Iterator<RecordedEvent> {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Iterator<RecordedEvent> trail;
    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private long events;

    TrialProgress(Iterator<RecordedEvent> trail, PrintWriter err, LongSupplier nanoTime) {
        this.trail = trail;
        this.err = err;
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    @Override
    public boolean hasNext() {
        return trail.hasNext();
    }

    @Override
    public RecordedEvent next() {
        RecordedEvent event = trail.next();
        events++;
        long nowNanos = nanoTime.getAsLong();
        if (nowNanos - lastNanos >= INTERVAL.toNanos()) {
            lastNanos = nowNanos;
            err.println(String.format(Locale.ROOT, "... %,d events read, the last appended at ", events)
                    + Instant.ofEpochMilli(event.appendedAtMs()));
            err.flush();
        }
        return event;
    }
}
