package io.foundling.client.internal.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events that wait in memory, bounded by number and by bytes. Any thread may offer and take; no call waits. One atomic
 * number has the count, the bytes and whether the queue is closed, so that no event can enter after the close.
 */
final class EventQueue {

    /** The answer to an offer. */
    enum Answer {
        TAKEN,
        FULL,
        CLOSED
    }

    private static final long CLOSED = 1L << 62;
    private static final long ONE_EVENT = 1L << 39;
    private static final long BYTES = ONE_EVENT - 1;

    private final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
    private final AtomicLong held = new AtomicLong();
    private final int maxEvents;
    private final long maxBytes;

    EventQueue(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Takes an event if there is room. An event larger than the whole queue is taken if the queue is empty. */
    Answer offer(Sending sending) {
        while (true) {
            long before = held.get();
            if (before >= CLOSED) {
                return Answer.CLOSED;
            }
            if (before != 0 && !hasRoom(before, sending)) {
                return Answer.FULL;
            }
            if (held.compareAndSet(before, before + ONE_EVENT + sending.bytes())) {
                sendings.add(sending);
                return Answer.TAKEN;
            }
        }
    }

    /** Removes and returns the event that has waited longest; null if there is none. */
    Sending poll() {
        Sending first = sendings.poll();
        if (first != null) {
            held.addAndGet(-ONE_EVENT - first.bytes());
        }
        return first;
    }

    void close() {
        held.updateAndGet(before -> before | CLOSED);
    }

    boolean isClosed() {
        return held.get() >= CLOSED;
    }

    /** Whether there are events; true also while an offer is in progress. */
    boolean hasEvents() {
        return events() > 0;
    }

    /** Whether more than half of the room is used. */
    boolean isHalfFull() {
        return events() > maxEvents / 2 || bytes() > maxBytes / 2;
    }

    long events() {
        return (held.get() & ~CLOSED) / ONE_EVENT;
    }

    long bytes() {
        return held.get() & BYTES;
    }

    private boolean hasRoom(long before, Sending sending) {
        return before / ONE_EVENT < maxEvents && (before & BYTES) + sending.bytes() <= maxBytes;
    }
}
