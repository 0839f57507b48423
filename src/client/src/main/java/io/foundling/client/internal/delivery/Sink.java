package io.foundling.client.internal.delivery;

import java.time.Duration;

/** Where the drain puts events. One call at a time. */
interface Sink {

    /** Starts threads of its own, if it has any. */
    default void start() {}

    /** Takes an event, or returns false and keeps nothing if it cannot now; the drain then offers the same one again. */
    boolean accept(Sending sending);

    /**
     * Ends a round of events; false if something of it has to be tried again.
     *
     * @param last whether nothing may be put off, because no event will come any more
     */
    boolean roundOver(boolean last);

    /** Returns in how many nanoseconds a round is wanted although no event may come; the largest number if never. */
    long dueInNanos();

    /**
     * Ends everything within the time, more or less.
     *
     * @param drained whether the drain has ended; otherwise it is stuck in a call
     */
    void close(Duration timeout, boolean drained);

    /** Returns bytes on disk that wait for the broker. */
    long spooledBytes();

    /** Whether this thread belongs to the sink: it must not wait for room. */
    boolean isOwnThread();
}
