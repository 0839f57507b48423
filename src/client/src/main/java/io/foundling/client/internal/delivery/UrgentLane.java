package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.broker.SendFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends urgent events past a long spool, on its own daemon thread. The events are in the spool as well, so none is lost
 * if the process dies; whoever claims an event first, this lane or the {@link SpoolSender}, is the only one to send it.
 * The lane holds a limited number of events and bytes, counted until the outcome of an event is known, because the
 * producer holds the event until then. Those beyond the limit are sent when the spool has come to them. After a
 * temporary failure it tries again until it is stopped. Any thread may add.
 */
final class UrgentLane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final int MOST_EVENTS = 1_000;
    private static final long MOST_BYTES = 8 << 20;
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final BrokerLink link;
    private final DeliveryCounts counts;
    private final RetryLog retries;
    private final BlockingQueue<Parcel> waiting = new PriorityBlockingQueue<>();
    private final AtomicInteger heldEvents = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final Backoff backoff = Backoff.ofSink();
    private final Thread thread = new Thread(null, this, "audit-urgent", 0, false);
    private volatile Throwable lastFailure;
    private volatile boolean stopping;

    /** An event with its ticket, which does not keep the event after it was written to the spool. */
    private record Parcel(Sending sending, AuditEvent event) implements Comparable<Parcel> {

        /** The order of the spool, so that events that are sent again keep it. */
        @Override
        public int compareTo(Parcel other) {
            return Long.compare(sending.number(), other.sending.number());
        }
    }

    UrgentLane(BrokerLink link, DeliveryCounts counts) {
        this.link = link;
        this.counts = counts;
        retries = new RetryLog(counts);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes an event that is in the spool, unless too many wait here or have no outcome yet. */
    void add(Sending sending) {
        boolean roomForEvent = heldEvents.incrementAndGet() <= MOST_EVENTS;
        boolean roomForBytes = heldBytes.addAndGet(sending.bytes()) <= MOST_BYTES;
        if (roomForEvent && roomForBytes) {
            waiting.add(new Parcel(sending, sending.event()));
        } else {
            release(sending);
        }
    }

    private void release(Sending sending) {
        heldEvents.decrementAndGet();
        heldBytes.addAndGet(-sending.bytes());
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    /** Sends nothing more. Called before the link is closed; what is not sent stays in the spool. */
    void stop() {
        stopping = true;
        if (isOwnThread()) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LAST_WAIT.toMillis());
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                pauseAfterFailure();
                Parcel next = waiting.take();
                link.replaceUseless();
                if (lastFailure != null) {
                    waiting.add(next);
                } else if (next.sending.claim(Sending.Way.LANE)) {
                    send(next);
                } else {
                    release(next.sending);
                }
            } catch (InterruptedException stopped) {
                // The loop ends if the close has interrupted this thread; nobody else has a reason to.
            } catch (Throwable unexpected) {
                LOG.error("the urgent lane of the audit recorder goes on after an unexpected failure", unexpected);
            }
        }
    }

    private void send(Parcel parcel) {
        Optional<Throwable> refusal = link.hand(counts.stamp(parcel.event), new Outcome(parcel));
        if (refusal.isPresent()) {
            again(parcel, refusal.get());
        } else {
            retries.succeeded();
        }
    }

    private void again(Parcel parcel, Throwable failure) {
        lastFailure = failure;
        waiting.add(parcel);
    }

    private void pauseAfterFailure() {
        Throwable failure = lastFailure;
        if (failure == null) {
            return;
        }
        lastFailure = null;
        retries.failed(failure);
        link.replaceUseless();
        LockSupport.parkNanos(this, backoff.nextNanos());
    }

    /** Receives the outcome of one event, on the producer's thread. */
    private final class Outcome implements BrokerLink.Outcome {

        private final Parcel parcel;

        Outcome(Parcel parcel) {
            this.parcel = parcel;
        }

        @Override
        public void written(Ticket ticket) {
            backoff.reset();
            release(parcel.sending);
            counts.written(parcel.sending, ticket);
        }

        @Override
        public void failed(Throwable failure) {
            if (stopping) {
                return;
            }
            if (SendFailures.isTemporary(failure)) {
                again(parcel, failure);
            } else {
                release(parcel.sending);
                counts.lost(parcel.sending, failure);
            }
        }
    }
}
