package io.foundling.client.internal.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events that wait in memory, bounded by number and by bytes, and the line of callers that wait for room. Any thread
 * may offer and take; no call waits. One atomic number has the count, the bytes and whether the queue is closed, so
 * that no event can enter after the close.
 *
 * <p>The line is served in order, and while it is not empty no other event gets in before it. A caller is woken only
 * when its event is in the queue. Waking costs more than sending, so the line is served when a quarter of the queue is
 * free, or after 100 ms: then several calls pass for each that waits. No caller is overlooked: it first enters the line
 * and then looks for room; a thread that frees room first counts it and then looks into the line.
 */
final class EventQueue {

    /** The answer to an offer. */
    enum Answer {
        TAKEN,
        FULL,
        CLOSED
    }

    /** How long places may stay free before the line is served, while the queue is being emptied. */
    private static final long SERVED_EVERY_NANOS = 100_000_000;

    private static final long CLOSED = 1L << 62;
    private static final long ONE_EVENT = 1L << 39;
    private static final long BYTES = ONE_EVENT - 1;

    private final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
    private final Queue<WaitingCaller> line = new ConcurrentLinkedQueue<>();
    private final AtomicLong held = new AtomicLong();
    private final int maxEvents;
    private final long maxBytes;
    private volatile long servedNanos = System.nanoTime();

    EventQueue(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes an event if there is room and nobody waits for it. An event larger than the whole queue is taken if the
     * queue is empty.
     */
    Answer offer(Sending sending) {
        return line.isEmpty() ? offerFirst(sending) : Answer.FULL;
    }

    /** Takes an event if there is room, before those in the line: for threads that must not wait. */
    Answer offerFirst(Sending sending) {
        Answer answer = reserve(sending);
        if (answer == Answer.TAKEN) {
            sendings.add(sending);
        }
        return answer;
    }

    /** Puts the calling thread into the line. It then parks until it has an answer, or leaves. */
    WaitingCaller join(Sending sending) {
        WaitingCaller caller = new WaitingCaller(sending);
        line.add(caller);
        serveIfWorthIt();
        return caller;
    }

    /** Takes a caller out of the line; false if it has an answer by now. */
    boolean leave(WaitingCaller caller) {
        serve();
        boolean left = caller.leave();
        serve();
        return left;
    }

    /** Returns the time, as of {@link System#nanoTime}, at which a caller in the line last got a place. */
    long servedNanos() {
        return servedNanos;
    }

    private Answer reserve(Sending sending) {
        while (true) {
            long before = held.get();
            if (before >= CLOSED) {
                return Answer.CLOSED;
            }
            if (before != 0 && !hasRoom(before, sending)) {
                return Answer.FULL;
            }
            if (held.compareAndSet(before, before + ONE_EVENT + sending.bytes())) {
                return Answer.TAKEN;
            }
        }
    }

    private void serveIfWorthIt() {
        if (!line.isEmpty() && (hasMuchRoom() || System.nanoTime() - servedNanos > SERVED_EVERY_NANOS)) {
            serve();
        }
    }

    /** Whether so much of the queue is free that the callers, once awake, can go on for a while without waiting. */
    private boolean hasMuchRoom() {
        return events() <= maxEvents - maxEvents / 4 && bytes() <= maxBytes - maxBytes / 4;
    }

    /** Serves the callers in the line as far as there is room, and removes those that have left. */
    void serve() {
        for (WaitingCaller first = line.peek(); first != null; first = line.peek()) {
            if (!first.isGone() && !serve(first)) {
                return;
            }
            line.remove(first);
        }
    }

    /** Returns whether the caller needs the line no longer. */
    private boolean serve(WaitingCaller first) {
        Answer answer = reserve(first.sending());
        if (answer == Answer.CLOSED) {
            first.refuse();
        } else if (answer == Answer.TAKEN && first.take()) {
            sendings.add(first.sending());
            servedNanos = System.nanoTime();
            first.taken();
        } else if (answer == Answer.TAKEN) {
            free(first.sending());
        }
        return answer != Answer.FULL;
    }

    private void free(Sending sending) {
        held.addAndGet(-ONE_EVENT - sending.bytes());
    }

    /** Removes and returns the event that has waited longest; null if there is none. */
    Sending poll() {
        Sending first = sendings.poll();
        if (first != null) {
            free(first);
            serveIfWorthIt();
        }
        return first;
    }

    /** Refuses every later event, and the callers in the line. */
    void close() {
        held.updateAndGet(before -> before | CLOSED);
        serve();
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
