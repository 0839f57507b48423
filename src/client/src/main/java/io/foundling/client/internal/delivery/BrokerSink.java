package io.foundling.client.internal.delivery;

import io.foundling.client.LossReason;
import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.broker.ProducerReplacedException;
import io.foundling.client.internal.broker.SendFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives events to the Kafka producer, which encodes and sends them. When the producer does not accept an event for a
 * temporary reason, the drain offers the event again; an event that can never be sent is lost. Events that a producer
 * had when it was given up are sent again through the next one, in their order and before any other.
 */
final class BrokerSink implements Sink {

    /** An event in memory is estimated at about twice its encoded size, so this is about one buffer of them. */
    private static final int BUFFERS_IN_FLIGHT = 2;

    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration FIRST_ROOM_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_ROOM_PAUSE = Duration.ofMillis(20);

    private final BrokerLink link;
    private final DeliveryCounts counts;
    private final RetryLog retries;
    private final EventsInFlight flight;
    private final Backoff backoff = Backoff.ofSink();
    private long resendNanos = System.nanoTime();
    private volatile Throwable givenUp;

    /** @param bufferBytes the size of the producer's buffer */
    BrokerSink(BrokerLink link, DeliveryCounts counts, long bufferBytes) {
        this.link = link;
        this.counts = counts;
        flight = new EventsInFlight(BUFFERS_IN_FLIGHT * bufferBytes);
        retries = new RetryLog(counts);
    }

    /**
     * Gives an event to the producer, once; but waits within the limit while the producer is being replaced.
     *
     * @return why the producer does not accept it now; empty if it did, and then the event ends as written or lost
     */
    Optional<Throwable> hand(Sending sending, TimeLimit limit) {
        Optional<Throwable> refusal;
        do {
            link.replaceUseless();
            link.awaitReplaced(limit.left());
            refusal = hand(sending, false);
        } while (refusal.filter(ProducerReplacedException.class::isInstance).isPresent()
                && !limit.isOver()
                && !Thread.currentThread().isInterrupted());
        flight.add(sending);
        return refusal;
    }

    @Override
    public boolean accept(Sending sending) {
        if (!sentAgain() || !hasRoom()) {
            return false;
        }
        Optional<Throwable> refusal = hand(sending, true);
        if (refusal.isPresent()) {
            retries.failed(refusal.get());
            return false;
        }
        flight.add(sending);
        retries.succeeded();
        return true;
    }

    @Override
    public boolean roundOver(boolean last) {
        return flight.isEmpty() || sentAgain();
    }

    @Override
    public long dueInNanos() {
        return flight.isEmpty() ? Long.MAX_VALUE : LOOK_NANOS;
    }

    @Override
    public void close(TimeLimit limit, boolean drained) {
        if (isOwnThread()) {
            link.closeInCallback(limit.left());
        } else {
            link.close(limit.left());
        }
        String why = "the audit recorder was closed before the broker acknowledged the event, which may be written";
        flight.all().forEach(event -> counts.lost(event, LossReason.CLOSED, why));
    }

    @Override
    public long spooledBytes() {
        return 0;
    }

    @Override
    public boolean isOwnThread() {
        return counts.isInCallback();
    }

    private Optional<Throwable> hand(Sending sending, boolean again) {
        return link.hand(counts.stamp(sending.event()), new BrokerLink.Outcome() {
            @Override
            public void written(Ticket ticket) {
                backoff.reset();
                counts.written(sending, ticket);
            }

            @Override
            public boolean isNext() {
                return !again || givenUp == null;
            }

            @Override
            public void failed(Throwable failure) {
                if (again && SendFailures.isForTheNextProducer(failure)) {
                    sending.sendAgain(true);
                    givenUp = failure;
                } else {
                    counts.lost(sending, failure);
                }
            }
        });
    }

    /**
     * Waits until the producer that was given up has answered for each of its events: only then is their order known.
     * If one producer after the other breaks, it waits longer each time.
     */
    private boolean sentAgain() {
        link.replaceUseless();
        Throwable failure = givenUp;
        if (failure == null) {
            return true;
        }
        if (flight.hasUnanswered() || System.nanoTime() - resendNanos < 0) {
            return false;
        }
        resendNanos = System.nanoTime() + backoff.nextNanos();
        givenUp = null;
        retries.failed(failure);
        for (Sending each : flight.toBeSentAgain()) {
            each.sendAgain(false);
            Optional<Throwable> refusal = givenUp == null ? hand(each, true) : Optional.of(givenUp);
            if (refusal.isPresent()) {
                each.sendAgain(true);
                givenUp = refusal.get();
                retries.failed(givenUp);
                return false;
            }
        }
        retries.succeeded();
        return true;
    }

    /** Waits for answers as a producer does whose buffer is full: a refusal would make the drain pause for too long. */
    private boolean hasRoom() {
        if (flight.hasRoom()) {
            return true;
        }
        long endNanos = System.nanoTime() + LOOK_NANOS;
        Backoff pause = new Backoff(FIRST_ROOM_PAUSE, LONGEST_ROOM_PAUSE);
        while (!flight.hasRoom()) {
            link.replaceUseless();
            LockSupport.parkNanos(pause.nextNanos());
            if (System.nanoTime() - endNanos >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }
}
