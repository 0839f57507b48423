package io.foundling.intake.sink;

import io.foundling.console.web.ProblemException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts events that wait to become durable, also those whose request has ended meanwhile: the recorder still holds them. So
 * what is in memory is bounded however long broker and disk are away. When none became durable for as long as a request may
 * wait, further ones are refused at once, until those that wait have become durable. Any thread.
 */
final class InFlight {

    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);
    private static final String RETRY_AFTER = "Retry-After";
    private static final String SOON_S = "1";
    private static final String LATER_S = "5";

    private final SinkSettings settings;
    private final LongSupplier nanoTime;
    private int events;
    private long bytes;
    private int requests;
    private long progressNanos;
    private boolean isLogged;

    InFlight(SinkSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** @throws ProblemException if there is no room for the events of one more request */
    synchronized void enter(int more, long moreBytes) {
        if (isStalled()) {
            logOnce();
            throw ProblemException.of(
                            503,
                            "No event has become durable for "
                                    + settings.limit().toSeconds() + " s; none of this request was recorded, try again")
                    .header(RETRY_AFTER, LATER_S);
        }
        boolean fits = events + more <= settings.mostEvents() && bytes + moreBytes <= settings.mostBytes();
        if (requests >= settings.mostWaiting() || !(fits || events == 0)) {
            throw ProblemException.of(
                            429,
                            events + " events of " + requests
                                    + " requests wait to become durable; none of this request was recorded, try again")
                    .header(RETRY_AFTER, SOON_S);
        }
        if (events == 0) {
            progressNanos = nanoTime.getAsLong();
        }
        requests++;
        events += more;
        bytes += moreBytes;
    }

    /** One event has ended, in whatever way. */
    synchronized void ended(long itsBytes, boolean isDurable) {
        events--;
        bytes -= itsBytes;
        if (isDurable) {
            progressNanos = nanoTime.getAsLong();
            if (isLogged) {
                isLogged = false;
                LOG.info("events become durable again");
            }
        }
    }

    /** A request has ended; its events may still wait. */
    synchronized void left() {
        requests--;
    }

    synchronized int events() {
        return events;
    }

    synchronized boolean isStalled() {
        return events > 0
                && nanoTime.getAsLong() - progressNanos > settings.limit().toNanos();
    }

    private void logOnce() {
        if (!isLogged) {
            isLogged = true;
            LOG.warn(
                    "no event has become durable for {} s, {} wait; callers are answered 503 until one has",
                    settings.limit().toSeconds(),
                    events);
        }
    }
}
