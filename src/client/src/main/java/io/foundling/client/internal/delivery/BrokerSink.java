package io.foundling.client.internal.delivery;

import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.broker.StalledProducerException;
import io.foundling.client.internal.settings.RecorderSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Gives events to the Kafka producer, which encodes and sends them. When the producer does not accept an event for a
 * temporary reason, the drain offers the event again; an event that can never be sent is lost. When a partition makes no
 * progress for the limit, the producer is replaced, and everything that it has not answered is sent again in order,
 * before any new event.
 */
final class BrokerSink implements Sink {

    private final BrokerLink link;
    private final DeliveryCounts counts;
    private final RetryLog retries;
    private final EventsInFlight flight;
    private final ProgressWatch watch;
    private volatile boolean replaced;
    private Iterator<Sending> again = List.<Sending>of().iterator();
    private Sending next;

    BrokerSink(RecorderSettings settings, BrokerLink link, DeliveryCounts counts) {
        this.link = link;
        this.counts = counts;
        retries = new RetryLog(counts);
        flight = new EventsInFlight(settings.queue().maxBytes());
        watch = new ProgressWatch(settings.target().stalledAfter(), System::nanoTime);
    }

    /**
     * Gives an event to the producer.
     *
     * @return why the producer does not accept it now; empty if it did, and then the event ends as written or lost
     */
    Optional<Throwable> hand(Sending sending) {
        return link.hand(counts.stamp(sending.event()), new BrokerLink.Outcome() {
            @Override
            public void written(Ticket ticket) {
                counts.written(sending, ticket);
            }

            @Override
            public void failed(Throwable failure) {
                if (failure instanceof StalledProducerException) {
                    replaced = true;
                } else {
                    counts.lost(sending, failure);
                }
            }
        });
    }

    @Override
    public boolean accept(Sending sending) {
        if (!hasSentAgain() || !flight.hasRoom() || !accepted(sending)) {
            return false;
        }
        flight.add(sending);
        return true;
    }

    @Override
    public boolean roundOver(boolean last) {
        return hasSentAgain();
    }

    @Override
    public long dueInNanos() {
        return flight.oldest() == null ? Long.MAX_VALUE : watch.dueInNanos();
    }

    @Override
    public void close(TimeLimit limit, boolean drained) {
        link.close(limit.left());
        flight.loseAll(counts);
    }

    @Override
    public long spooledBytes() {
        return 0;
    }

    @Override
    public boolean isOwnThread() {
        return counts.isInCallback();
    }

    private boolean accepted(Sending sending) {
        Optional<Throwable> refusal = hand(sending);
        if (refusal.isPresent()) {
            retries.failed(refusal.get());
            return false;
        }
        retries.succeeded();
        return true;
    }

    /** Replaces a producer without progress. False while there are events of a replaced one that were not sent again. */
    private boolean hasSentAgain() {
        // Until everything is sent again, the oldest event may still wait for a producer, which is no stall.
        if (watch.isStalled(next == null ? flight.oldest() : null)) {
            link.replaceStalled();
        }
        if (replaced) {
            replaced = false;
            again = flight.all().iterator();
            next = null;
        }
        while (next != null || again.hasNext()) {
            next = next == null ? again.next() : next;
            if (!next.isAnswered() && !accepted(next)) {
                return false;
            }
            next = null;
        }
        return true;
    }
}
