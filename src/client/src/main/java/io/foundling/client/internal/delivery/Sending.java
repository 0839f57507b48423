package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.Ticket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * An event on its way to the broker, and its ticket. It ends exactly once, as written, lost or left in the spool; later
 * ends are ignored. The number and the event are for the thread that took it from the queue, the rest is for any
 * thread.
 */
final class Sending extends PendingTicket {

    /** Who sends an event of the spool. */
    enum Way {
        SPOOL,
        LANE
    }

    private static final AtomicIntegerFieldUpdater<Sending> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(Sending.class, "ended");
    private static final AtomicReferenceFieldUpdater<Sending, Way> CLAIMED =
            AtomicReferenceFieldUpdater.newUpdater(Sending.class, Way.class, "claimed");

    private static final AtomicReferenceFieldUpdater<Sending, AtomicLong> ENDED_BYTES =
            AtomicReferenceFieldUpdater.newUpdater(Sending.class, AtomicLong.class, "endedBytes");

    private final int bytes;
    private final Epochs.Epoch epoch;
    private final CompletableFuture<Boolean> durability;
    private AuditEvent event;
    private long number;
    private boolean urgent;
    private volatile Way claimed;
    private volatile AtomicLong endedBytes;
    private volatile boolean toBeSentAgain;
    private volatile boolean durable;
    private volatile int ended;

    /**
     * @param bytes the estimated size of the event
     * @param awaitsDisk whether somebody will wait for {@link #durability()}
     */
    Sending(AuditEvent event, int bytes, Epochs.Epoch epoch, boolean awaitsDisk) {
        this.event = event;
        this.bytes = bytes;
        this.epoch = epoch;
        this.durability = awaitsDisk ? new CompletableFuture<>() : null;
    }

    /** Marks an event that must not wait behind a long spool. */
    Sending urgent(boolean isUrgent) {
        urgent = isUrgent;
        return this;
    }

    boolean isUrgent() {
        return urgent;
    }

    /** Returns true for the first of the two ways, always: only that one may send the event. */
    boolean claim(Way way) {
        return CLAIMED.compareAndSet(this, null, way) || claimed == way;
    }

    /** Returns the event; only for the thread that took this from the queue. */
    AuditEvent event() {
        return event;
    }

    /** Marks an event that must be sent again, because its producer was given up before it had an outcome. */
    void sendAgain(boolean again) {
        toBeSentAgain = again;
    }

    boolean isToBeSentAgain() {
        return toBeSentAgain && !hasEnded();
    }

    /** Ends without a loss: the event stays in the spool for the next recorder of that directory. */
    void left(Throwable reason) {
        if (end()) {
            fail(reason);
            over();
        }
    }

    /** Takes back an event that was not recorded, because the recorder is closed. */
    void refused() {
        epoch.leave();
    }

    /** Releases the memory of the event, whose bytes are in the spool by now. */
    void handedOver() {
        event = null;
    }

    int bytes() {
        return bytes;
    }

    /**
     * Returns the number of this event among those that this process has put on disk, from 1; 0 if it is not on disk.
     */
    long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }

    /** Returns what becomes known as soon as it is: whether the event is forced to disk or acknowledged by the broker. */
    CompletableFuture<Boolean> durability() {
        return durability;
    }

    private boolean isDurable() {
        return durable || isDone() && !isCompletedExceptionally();
    }

    /** Sets whether forcing the event to disk succeeded. */
    void forced(boolean success) {
        durable = success;
        decided();
    }

    /** Adds the bytes of this event to the sum when it ends, which may be now. */
    void countAtEnd(AtomicLong sum) {
        endedBytes = sum;
        if (hasEnded()) {
            countEnded();
        }
    }

    /** Returns true for the first caller only, which must then complete the ticket. */
    boolean end() {
        boolean first = ENDED.compareAndSet(this, 0, 1);
        if (first && endedBytes != null) {
            countEnded();
        }
        return first;
    }

    private void countEnded() {
        AtomicLong sum = ENDED_BYTES.getAndSet(this, null);
        if (sum != null) {
            sum.addAndGet(bytes);
        }
    }

    boolean hasEnded() {
        return ended != 0;
    }

    void written(Ticket ticket) {
        succeed(ticket);
        over();
    }

    void lost(Throwable reason) {
        fail(reason);
        over();
    }

    private void over() {
        event = null;
        decided();
        epoch.leave();
    }

    private void decided() {
        if (durability != null) {
            durability.complete(isDurable());
        }
    }
}
