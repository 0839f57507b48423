package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.Ticket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** An event on its way, and its ticket. It ends once, written or lost, however many say so. */
final class Sending extends PendingTicket {

    private static final AtomicIntegerFieldUpdater<Sending> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(Sending.class, "ended");

    private final int bytes;
    private final Epochs.Epoch epoch;
    private final CountDownLatch spooled;
    private AuditEvent event;
    private long number;
    private volatile boolean durable;
    private volatile int ended;

    /**
     * @param bytes its estimated size
     * @param awaitsDisk whether somebody will call {@link #spooled()}
     */
    Sending(AuditEvent event, int bytes, Epochs.Epoch epoch, boolean awaitsDisk) {
        this.event = event;
        this.bytes = bytes;
        this.epoch = epoch;
        this.spooled = awaitsDisk ? new CountDownLatch(1) : null;
    }

    /** The event; for the thread that has taken this from the queue. */
    AuditEvent event() {
        return event;
    }

    /** Ends without a loss: the event stays where the next start finds it. */
    void left(Throwable reason) {
        if (end()) {
            refuse(reason);
            over();
        }
    }

    /** Drops the event, whose bytes are somewhere else by now. */
    void handedOver() {
        event = null;
    }

    int bytes() {
        return bytes;
    }

    /** Which one it is among those that this process has put on disk, from 1; 0 if it is none. */
    long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }

    /** Returns what is counted down once it is decided whether the event is durable. */
    CountDownLatch spooled() {
        return spooled;
    }

    /** Whether it is on disk, or with the broker. */
    boolean isDurable() {
        return durable || isDone() && !isCompletedExceptionally();
    }

    /** Tells whether the disk has it for good. */
    void forced(boolean success) {
        durable = success;
        decided();
    }

    /** Whether the caller is the first to say how it ended; it must then say so. */
    boolean end() {
        return ENDED.compareAndSet(this, 0, 1);
    }

    void written(Ticket ticket) {
        give(ticket);
        over();
    }

    void lost(Throwable reason) {
        refuse(reason);
        over();
    }

    private void over() {
        decided();
        epoch.leave();
    }

    private void decided() {
        if (spooled != null) {
            spooled.countDown();
        }
    }
}
