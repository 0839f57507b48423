package io.foundling.client.internal.delivery;

import io.foundling.client.LossReason;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The events that the producer has accepted and not answered, in order, so that they can be sent again. Their number of
 * bytes is bounded, as is that of the queue. For the thread of the drain; {@link #loseAll} is for the thread that closes.
 */
final class EventsInFlight {

    private final long maxBytes;
    private final Queue<Sending> events = new ConcurrentLinkedQueue<>();
    private long bytes;

    EventsInFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether there is room for another event. One event always has room. */
    boolean hasRoom() {
        forgetAnswered();
        return bytes < maxBytes;
    }

    void add(Sending sending) {
        events.add(sending);
        bytes += sending.bytes();
    }

    /** Returns the oldest event without an answer; null if there is none. */
    Sending oldest() {
        forgetAnswered();
        return events.peek();
    }

    /** Returns all of them, the answered ones that are not forgotten yet too, in order. */
    Iterable<Sending> all() {
        return events;
    }

    void loseAll(DeliveryCounts counts) {
        String why = "the audit recorder was closed before the event was sent again";
        for (Sending left = events.poll(); left != null; left = events.poll()) {
            counts.lost(left, LossReason.CLOSED, why);
        }
    }

    private void forgetAnswered() {
        for (Sending first = events.peek(); first != null && first.isAnswered(); first = events.peek()) {
            events.poll();
            bytes -= first.bytes();
        }
    }
}
