package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.LossReason;
import io.foundling.client.NotDurableException;
import io.foundling.client.QueueFullPolicy;
import io.foundling.client.RecorderGauges;
import io.foundling.client.RecorderSetting;
import io.foundling.client.Ticket;
import io.foundling.client.internal.event.EventSize;
import io.foundling.client.internal.settings.RecorderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts events into a queue; a thread takes them to the sink. The calling thread waits only if the queue is full and the
 * policy is to wait, or if events must be on disk before the call returns. A thread of the recorder never waits here,
 * because it would wait for itself.
 */
final class AsyncDelivery implements Delivery, RecorderGauges {

    /** How many times the block limit a call may wait while events leave the queue, but not yet its own. */
    private static final int LONGEST_WAIT = 10;

    private static final CompletableFuture<Void> DURABLE = CompletableFuture.completedFuture(null);
    private static final Duration FLUSH_PAUSE = Duration.ofMillis(10);
    private static final String OWN_THREAD = "the queue is full, and this thread is one of those that empty it";

    private final EventQueue queue;
    private final QueueFullPolicy policy;
    private final Duration blockLimit;
    private final long blockLimitNanos;
    private final long longestWaitNanos;
    private final boolean forcesBeforeReturn;
    private final boolean hasThread;
    private final Sink sink;
    private final DeliveryCounts counts;
    private final Drain drain;
    private final Epochs epochs = new Epochs();

    AsyncDelivery(RecorderSettings settings, Sink sink, DeliveryCounts counts) {
        policy = settings.queue().policy();
        blockLimit = settings.queue().blockLimit();
        blockLimitNanos = TimeLimit.bounded(blockLimit).toNanos();
        queue = new EventQueue(settings.queue().maxEvents(), settings.queue().maxBytes(), blockLimit, System::nanoTime);
        longestWaitNanos = LONGEST_WAIT * blockLimitNanos;
        forcesBeforeReturn = settings.spool()
                .filter(RecorderSettings.Spool::forcesBeforeReturn)
                .isPresent();
        hasThread = !settings.drainInterval().isZero();
        this.sink = sink;
        this.counts = counts;
        drain = new Drain(queue, sink, counts, drainInterval(settings));
        counts.count(metrics -> metrics.started(this));
        if (hasThread) {
            sink.start();
            drain.start();
        }
    }

    @Override
    public CompletionStage<Ticket> deliver(AuditEvent event, boolean urgent) {
        Sending sending = sending(event, urgent);
        if (isTaken(sending)) {
            awaitDisk(sending);
        }
        return sending;
    }

    @Override
    public CompletionStage<Void> deliverDurably(AuditEvent event, boolean urgent) {
        Sending sending = sending(event, urgent);
        isTaken(sending);
        CompletableFuture<Void> written = sending.thenAccept(ticket -> {});
        return forcesBeforeReturn
                ? sending.durability().thenCompose(isDurable -> isDurable ? DURABLE : unconfirmed(sending, written))
                : written;
    }

    private static CompletableFuture<Void> unconfirmed(Sending sending, CompletableFuture<Void> written) {
        return sending.isDone()
                ? written
                : CompletableFuture.failedFuture(
                        new NotDurableException("the disk did not take the audit event; it may still get there"));
    }

    private Sending sending(AuditEvent event, boolean urgent) {
        return new Sending(event, EventSize.of(event), epochs.enter(), forcesBeforeReturn).urgent(urgent);
    }

    /**
     * Puts an event into the queue; false if it was lost instead.
     *
     * @throws IllegalStateException after the close
     */
    private boolean isTaken(Sending sending) {
        EventQueue.Answer answer = queue.offer(sending);
        if (answer == EventQueue.Answer.FULL) {
            answer = makeRoom(sending);
        }
        if (answer == EventQueue.Answer.CLOSED) {
            sending.refused();
            throw new IllegalStateException("the audit recorder is closed, the event was not recorded");
        }
        counts.recorded();
        if (answer == EventQueue.Answer.TAKEN) {
            drain.wake(sending.isUrgent() || forcesBeforeReturn);
            drain.loseIfAbandoned();
        }
        return answer == EventQueue.Answer.TAKEN;
    }

    @Override
    public boolean flush(Duration timeout) {
        TimeLimit limit = TimeLimit.of(timeout);
        if (epochs.areOver() || isOwnThread()) {
            return epochs.areOver();
        }
        if (!hasThread) {
            return flushOnThisThread(epochs.soFar(), limit);
        }
        drain.hurry();
        return limit.isOver() ? epochs.areOver() : limit.await(epochs.soFar());
    }

    /** Drains repeatedly: a caller that waits for room can add its event only after the first round. */
    private boolean flushOnThisThread(CompletableFuture<Void> all, TimeLimit limit) {
        try {
            do {
                drain.runOnThisThread(limit);
            } while (!limit.await(all, FLUSH_PAUSE) && !limit.isOver());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return all.isDone();
    }

    @Override
    public void close(TimeLimit limit) {
        queue.close();
        boolean interrupted = false;
        try {
            if (!hasThread) {
                drain.runOnThisThread(limit);
            }
            drain.finish(limit);
        } catch (InterruptedException cutShort) {
            interrupted = true;
            limit.end();
        }
        boolean drained = drain.abandon();
        sink.close(limit, drained);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long queuedEvents() {
        return queue.events();
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public long spooledBytes() {
        return sink.spooledBytes();
    }

    /** Returns the configured interval, or a quarter of the durable flush interval if that is shorter. */
    private static Duration drainInterval(RecorderSettings settings) {
        Duration interval = settings.drainInterval();
        return settings.spool()
                .filter(spool -> spool.durable() && !spool.forcesBeforeReturn())
                .map(spool -> spool.flushInterval().dividedBy(4))
                .filter(quarter -> quarter.compareTo(interval) < 0)
                .orElse(interval);
    }

    private EventQueue.Answer makeRoom(Sending sending) {
        return switch (policy) {
            case DROP_NEWEST -> refuse(sending, LossReason.QUEUE_FULL, "the queue is full");
            case DROP_OLDEST -> dropOldest(sending);
            case BLOCK, SPILL -> waitForRoom(sending);
        };
    }

    /** Fails the dropped tickets only after the offer has succeeded, because their callbacks may record events too. */
    private EventQueue.Answer dropOldest(Sending sending) {
        if (isOwnThread()) {
            return refuse(sending, LossReason.QUEUE_FULL, OWN_THREAD);
        }
        List<Sending> dropped = new ArrayList<>();
        EventQueue.Answer answer = EventQueue.Answer.FULL;
        while (answer == EventQueue.Answer.FULL) {
            Sending oldest = queue.poll();
            if (oldest == null) {
                Thread.onSpinWait();
            } else {
                dropped.add(oldest);
            }
            answer = queue.offer(sending);
        }
        String why = "the queue was full and this event had waited longest";
        dropped.forEach(event -> counts.lost(event, LossReason.QUEUE_FULL, why));
        return answer;
    }

    private EventQueue.Answer waitForRoom(Sending sending) {
        if (isOwnThread()) {
            EventQueue.Answer answer = queue.offerFirst(sending);
            return answer == EventQueue.Answer.FULL ? refuse(sending, LossReason.QUEUE_FULL, OWN_THREAD) : answer;
        }
        long startNanos = System.nanoTime();
        WaitingCaller caller = queue.join(sending);
        drain.wake(true);
        while (caller.isWaiting()) {
            long leftNanos = leftNanos(startNanos);
            if (Thread.currentThread().isInterrupted()) {
                if (queue.leave(caller)) {
                    return refuse(sending, LossReason.INTERRUPTED, "interrupted while the queue was full");
                }
            } else if (leftNanos > 0) {
                LockSupport.parkNanos(this, leftNanos);
            } else if (queue.leave(caller)) {
                return refuse(sending, LossReason.QUEUE_FULL, waitedTooLong(startNanos));
            }
        }
        return caller.answer();
    }

    /**
     * Returns how long a call may still wait. The limit begins again whenever a caller in the line gets a place, and
     * when the first event of all has been handed over, because connecting takes longer than sending: who waits in line
     * for a broker that answers loses nothing.
     */
    private long leftNanos(long startNanos) {
        long now = System.nanoTime();
        long waited = now - startNanos;
        long idle = Math.min(now - queue.servedNanos(), drain.readyNanos(longestWaitNanos));
        return Math.min(blockLimitNanos - Math.min(waited, idle), longestWaitNanos - waited);
    }

    private String waitedTooLong(long startNanos) {
        long waited = System.nanoTime() - startNanos;
        return waited < longestWaitNanos
                ? "the queue was full for " + blockLimit.toMillis() + " ms (" + RecorderSetting.QUEUE_BLOCK_MS.key()
                        + ")"
                : "the call has waited for room in the queue " + LONGEST_WAIT + " times "
                        + RecorderSetting.QUEUE_BLOCK_MS.key();
    }

    private EventQueue.Answer refuse(Sending sending, LossReason reason, String why) {
        counts.lost(sending, reason, why);
        return EventQueue.Answer.FULL;
    }

    /** @throws NotDurableException if the event is not on disk within the block limit */
    private void awaitDisk(Sending sending) {
        if (!forcesBeforeReturn || isOwnThread()) {
            return;
        }
        try {
            if (!sending.durability().get(blockLimit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NotDurableException(
                        "the disk did not take the audit event, or the event was lost: its ticket has the reason");
            }
        } catch (TimeoutException slow) {
            throw new NotDurableException("the audit event is not on disk after " + blockLimit.toMillis() + " ms ("
                    + RecorderSetting.QUEUE_BLOCK_MS.key() + "); it may still get there");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NotDurableException("interrupted before the audit event was on disk; it may still get there");
        }
    }

    @Override
    public boolean isOwnThread() {
        return drain.isOwnThread();
    }
}
