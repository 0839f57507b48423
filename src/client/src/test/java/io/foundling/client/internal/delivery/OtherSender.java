package io.foundling.client.internal.delivery;

import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;

/** The outcome of an event of another sender, in which a test is not interested. */
final class OtherSender implements BrokerLink.Outcome {

    @Override
    public void written(Ticket ticket) {
        // of another sender
    }

    @Override
    public void failed(Throwable failure) {
        // of another sender
    }
}
