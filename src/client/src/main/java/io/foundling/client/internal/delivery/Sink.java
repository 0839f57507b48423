package io.foundling.client.internal.delivery;

/** The destination of the drain. One call at a time, except for {@link #spooledBytes} and {@link #isOwnThread}. */
interface Sink {

    /** Starts the threads of the sink, if it has any. */
    default void start() {}

    /**
     * Takes an event. Returns false, without keeping it, if it cannot now; the drain then offers the same event again.
     */
    boolean accept(Sending sending);

    /**
     * Ends a round of events; false if a part of it has to be tried again.
     *
     * @param last whether this is the last round, so that no work may be put off
     */
    boolean roundOver(boolean last);

    /** Returns after how many nanoseconds a round is needed even without events; {@link Long#MAX_VALUE} if none is. */
    long dueInNanos();

    /**
     * Sends what it can within the time, approximately, and ends the sink.
     *
     * @param drained whether the drain has ended; otherwise it is stuck in a call
     */
    void close(TimeLimit limit, boolean drained);

    /** Returns how many bytes on disk wait for the broker. */
    long spooledBytes();

    /** Whether the calling thread belongs to the sink, so that it must not wait for room in the queue. */
    boolean isOwnThread();
}
