package io.foundling.client.internal.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Events that wait in memory, bounded by number and by bytes, and the line of callers that wait for room. Any thread
 * may offer and take; no call waits. One atomic number has the count, the bytes and whether the queue is closed, so
 * that no event can enter after the close.
 *
 * <p>A caller that finds the queue full closes the door: from then on every event joins the line. When more than a
 * quarter of the queue is free, the first sixteenth of the line gets in and the door opens until the queue is full
 * again. So each caller that is woken records several events before it waits again, because waking a thread costs more
 * than sending an event. While the queue gets emptier, further callers get in with each sixteenth of it, and in any
 * case after 100 ms.
 *
 * <p>The line is served in its order. A caller is woken only when its event is in the queue, or when the queue is
 * closed. No caller is overlooked: it first enters the line and then looks for room; a thread that frees room first
 * counts it and then looks into the line.
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

    /** How finely the filling of the queue and the length of the line are divided. */
    private static final int PARTS = 16;

    /** The line is served when fewer parts than this are filled. */
    private static final int MUCH_ROOM_BELOW = PARTS - PARTS / 4;

    /** How many callers of a short line get in at once: enough to keep several processors busy. */
    private static final int FEWEST_SERVED = 8;

    private static final long CLOSED = 1L << 62;
    private static final long ONE_EVENT = 1L << 39;
    private static final long BYTES = ONE_EVENT - 1;

    private final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
    private final Queue<WaitingCaller> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();
    private final int maxEvents;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private volatile boolean doorOpen = true;
    private volatile int servedBelow = MUCH_ROOM_BELOW;
    private volatile long servedNanos;

    /** @param nanoTime a clock that only goes forward, as {@link System#nanoTime} */
    EventQueue(int maxEvents, long maxBytes, LongSupplier nanoTime) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        servedNanos = nanoTime.getAsLong();
    }

    /**
     * Takes an event if there is room and the door is open. An event larger than the whole queue is taken if the queue
     * is empty.
     */
    Answer offer(Sending sending) {
        return doorOpen || waiting.get() == 0 ? offerFirst(sending) : Answer.FULL;
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
        waiting.incrementAndGet();
        line.add(caller);
        closeDoor();
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

    /** Returns the time, by the clock of this queue, at which a caller in the line last got a place. */
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

    private void closeDoor() {
        doorOpen = false;
        servedBelow = MUCH_ROOM_BELOW;
    }

    private void serveIfWorthIt() {
        int callers = waiting.get();
        if (callers > 0) {
            int filled = filledParts();
            boolean isDue = filled < servedBelow || nanoTime.getAsLong() - servedNanos > SERVED_EVERY_NANOS;
            if (filled == 0 || isDue || isClosed()) {
                servedBelow = filled;
                serve(Math.max(FEWEST_SERVED, callers / PARTS));
            }
        }
    }

    private int filledParts() {
        long now = held.get() & ~CLOSED;
        return (int) Math.max(now / ONE_EVENT * PARTS / maxEvents, (now & BYTES) * PARTS / maxBytes);
    }

    /** Serves the callers in the line as far as there is room, and removes those that have left. */
    void serve() {
        serve(Integer.MAX_VALUE);
    }

    /**
     * Opens the door, unless the first caller that is still in the line finds no room. Only callers that got in count:
     * room that was reserved for a caller who had an answer by then is looked at once more, because another thread may
     * have found the queue full in between.
     */
    private void serve(int most) {
        int served = 0;
        for (WaitingCaller first = line.peek(); first != null && served < most; first = line.peek()) {
            if (!first.isGone()) {
                Answer answer = reserve(first.sending());
                if (answer == Answer.FULL) {
                    closeDoor();
                    return;
                }
                served += answered(first, answer) ? 1 : 0;
            }
            if (line.remove(first)) {
                waiting.decrementAndGet();
            }
        }
        doorOpen = true;
    }

    /** Returns whether the event of the caller, for which there is room, is in the queue by this call. */
    private boolean answered(WaitingCaller caller, Answer answer) {
        if (answer == Answer.CLOSED) {
            caller.refuse();
            return false;
        }
        if (!caller.take()) {
            free(caller.sending());
            return false;
        }
        sendings.add(caller.sending());
        servedNanos = nanoTime.getAsLong();
        caller.taken();
        return true;
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
