package io.foundling.client.internal.delivery;

import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;
import java.util.Optional;

/**
 * Gives events to the Kafka producer, which encodes and sends them. When the producer does not accept an event for a
 * temporary reason, the drain offers the event again; an event that can never be sent is lost.
 */
final class BrokerSink implements Sink {

    private final BrokerLink link;
    private final DeliveryCounts counts;
    private final RetryLog retries;

    BrokerSink(BrokerLink link, DeliveryCounts counts) {
        this.link = link;
        this.counts = counts;
        retries = new RetryLog(counts);
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
                counts.lost(sending, failure);
            }
        });
    }

    @Override
    public boolean accept(Sending sending) {
        Optional<Throwable> refusal = hand(sending);
        if (refusal.isPresent()) {
            retries.failed(refusal.get());
            return false;
        }
        sending.handedOver();
        retries.succeeded();
        return true;
    }

    @Override
    public boolean roundOver(boolean last) {
        return true;
    }

    @Override
    public long dueInNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close(TimeLimit limit, boolean drained) {
        link.close(limit.left());
    }

    @Override
    public long spooledBytes() {
        return 0;
    }

    @Override
    public boolean isOwnThread() {
        return counts.isInCallback();
    }
}
