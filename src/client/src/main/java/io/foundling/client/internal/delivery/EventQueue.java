package io.foundling.client.internal.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * quarter of the queue is free, a few callers of the line get in and the door opens until the queue is full again. So
 * each caller that is woken records many events before it waits again, because waking a thread costs more than sending
 * ten events. While the queue gets emptier, further callers get in with each sixteenth of it, and in any case after 100
 * ms. Of a long line more callers get in at once, and so does each who has waited for a second: nobody waits much longer
 * if there is room for all of them, even while those who got in go on.
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

    /** How many callers get in at once at least: enough to keep several processors busy. */
    private static final int FEWEST_SERVED = 8;

    /** Within which time the whole line gets in, if there is room for all of them. */
    private static final Duration LINE_SERVED_WITHIN = Duration.ofSeconds(1);

    /** Which part of the queue is taken at once, so that its bounds are exceeded by no more. */
    private static final int HANDFULS = 64;

    private static final int LARGEST_HANDFUL = 64;

    private static final long CLOSED = 1L << 62;
    private static final long ONE_EVENT = 1L << 39;
    private static final long BYTES = ONE_EVENT - 1;

    private final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
    private final Queue<WaitingCaller> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();
    private final int maxEvents;
    private final long maxBytes;
    private final int handfulEvents;
    private final long handfulBytes;
    private final long lineNanos;
    private final LongSupplier nanoTime;
    private volatile boolean doorOpen = true;
    private volatile int servedBelow = MUCH_ROOM_BELOW;
    private volatile long servedNanos;

    /**
     * @param blockLimit how long a caller waits while no other gets in
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    EventQueue(int maxEvents, long maxBytes, Duration blockLimit, LongSupplier nanoTime) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        handfulEvents = Math.min(maxEvents / HANDFULS, LARGEST_HANDFUL);
        handfulBytes = maxBytes / HANDFULS;
        Duration within = blockLimit.compareTo(LINE_SERVED_WITHIN) < 0 ? blockLimit : LINE_SERVED_WITHIN;
        lineNanos = Math.max(1, within.toNanos());
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
        WaitingCaller caller = new WaitingCaller(sending, nanoTime.getAsLong());
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
            long waited = nanoTime.getAsLong() - servedNanos;
            if (filled == 0 || filled < servedBelow || waited > SERVED_EVERY_NANOS || isClosed()) {
                servedBelow = filled;
                serve(Math.max(FEWEST_SERVED, (int) (callers * Math.min(1.0, (double) waited / lineNanos))));
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
     * Serves so many, and those who have waited for too long. Opens the door, unless the first caller that is still in
     * the line finds no room. Only callers that got in count: room that was reserved for a caller who had an answer by
     * then is looked at once more, because another thread may have found the queue full in between.
     */
    private void serve(int most) {
        int served = 0;
        long overdueNanos = nanoTime.getAsLong() - lineNanos;
        for (WaitingCaller first = line.peek(); first != null; first = line.peek()) {
            if (served >= most && first.joinedNanos() - overdueNanos > 0) {
                break;
            }
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

    /**
     * Removes and returns the events that have waited longest, a small part of the queue or at least one; none if there
     * is none. The cost of making room and of looking into the line is shared by all of them.
     */
    List<Sending> pollSome() {
        List<Sending> some = new ArrayList<>();
        long bytes = 0;
        for (Sending first = sendings.poll(); first != null; first = sendings.poll()) {
            some.add(first);
            bytes += first.bytes();
            if (some.size() >= handfulEvents || bytes >= handfulBytes) {
                break;
            }
        }
        if (!some.isEmpty()) {
            held.addAndGet(-some.size() * ONE_EVENT - bytes);
            serveIfWorthIt();
        }
        return some;
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
