package io.foundling.client.internal.delivery;

import io.foundling.client.LossReason;
import io.foundling.client.internal.spool.Position;
import io.foundling.client.internal.spool.SpoolEntry;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The events of this process that are in the spool and whose frames have not been read yet, in the order of their
 * numbers. It finds the event of a frame, and counts events whose frames are missing as lost, except those that the
 * {@link UrgentLane} has begun to send. Any thread may add events; only the sending thread takes them.
 */
final class OwnEvents {

    static final String DAMAGED = "its bytes in the spool are damaged";

    private final Position begin;
    private final DeliveryCounts counts;
    private final Deque<Sending> expected = new ConcurrentLinkedDeque<>();

    /** Events without a frame that the urgent lane sends. */
    private final Deque<Sending> onlyInLane = new ConcurrentLinkedDeque<>();

    /**
     * Begins without any event.
     *
     * @param begin where the frames of earlier processes end
     */
    OwnEvents(Position begin, DeliveryCounts counts) {
        this.begin = begin;
        this.counts = counts;
    }

    /** Whether what ends there was written by this process. */
    boolean isOwn(Position end) {
        return end.compareTo(begin) > 0;
    }

    /** Called before an event is written to the spool, in the order of the numbers. */
    void expect(Sending sending) {
        expected.add(sending);
    }

    /** Takes back {@link #expect} for the events with higher numbers. */
    void forget(long lastNumber) {
        for (Sending last = expected.peekLast(); isBehind(last, lastNumber); last = expected.peekLast()) {
            expected.pollLast();
        }
    }

    /** Finds the event by its number: if the disk lost a frame, the next frame must not get its ticket. */
    Optional<Sending> take(SpoolEntry.Frame frame) {
        if (!isOwn(frame.end())) {
            return Optional.empty();
        }
        long number = SpoolCodec.number(frame.payload());
        loseUpTo(number - 1);
        Sending next = expected.peek();
        return next != null && next.number() == number ? Optional.of(expected.remove()) : Optional.empty();
    }

    /** Loses the events that the reader has passed without finding their frames. */
    void loseUpTo(long number) {
        for (Sending next = expected.peek(); next != null && next.number() <= number; next = expected.peek()) {
            lose(expected.remove());
        }
    }

    /** Loses an event whose frame is missing, unless the urgent lane has begun to send it. */
    void lose(Sending sending) {
        if (sending.claim(Sending.Way.SPOOL)) {
            damaged(sending);
        } else {
            onlyInLane.removeIf(Sending::isDone);
            onlyInLane.add(sending);
        }
    }

    /**
     * Called when nothing is sent any more. Fails the ticket of every event whose frame has not been read, and loses
     * the events without a frame that the urgent lane could not send.
     */
    void leaveAll(Throwable reason) {
        expected.forEach(sending -> sending.left(reason));
        onlyInLane.forEach(this::damaged);
    }

    /** Does nothing if the event has ended. */
    private void damaged(Sending sending) {
        counts.lost(sending, LossReason.SPOOL_DAMAGED, DAMAGED);
    }

    private static boolean isBehind(Sending sending, long number) {
        return sending != null && sending.number() > number;
    }
}
