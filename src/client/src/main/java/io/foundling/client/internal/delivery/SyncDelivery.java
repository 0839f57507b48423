package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.RecorderSetting;
import io.foundling.client.Ticket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * Sends each event on the calling thread and returns when the broker has acknowledged it, or throws. A call costs a
 * round trip to the broker; there is no queue and no thread.
 */
final class SyncDelivery implements Delivery {

    private final BrokerSink sink;
    private final DeliveryCounts counts;
    private final Duration longestCall;
    private final Epochs epochs = new Epochs();
    private volatile boolean closed;

    /** @param longestCall how long a call may wait while the Kafka producer is being replaced */
    SyncDelivery(BrokerSink sink, DeliveryCounts counts, Duration longestCall) {
        this.sink = sink;
        this.counts = counts;
        this.longestCall = TimeLimit.bounded(longestCall);
    }

    /** @throws LostEventException if the broker does not acknowledge the event */
    @Override
    public CompletionStage<Ticket> deliver(AuditEvent event, boolean urgent) {
        if (closed) {
            throw new IllegalStateException("the audit recorder is closed, the event was not recorded");
        }
        if (sink.isOwnThread()) {
            throw new IllegalStateException("a callback of a ticket must not record: it would wait for itself ("
                    + RecorderSetting.ASYNC.key() + " is false)");
        }
        counts.recorded();
        Sending sending = new Sending(event, 0, epochs.enter(), false);
        sink.hand(sending, TimeLimit.of(longestCall)).ifPresent(refusal -> counts.lost(sending, refusal));
        await(sending);
        return sending;
    }

    /** @throws LostEventException if the broker does not acknowledge the event */
    @Override
    public CompletionStage<Void> deliverDurably(AuditEvent event, boolean urgent) {
        return deliver(event, urgent).thenAccept(ticket -> {});
    }

    @Override
    public boolean flush(Duration timeout) {
        TimeLimit limit = TimeLimit.of(timeout);
        return limit.isOver() ? epochs.areOver() : limit.await(epochs.soFar());
    }

    @Override
    public void close(TimeLimit limit) {
        closed = true;
        sink.close(limit, true);
    }

    @Override
    public boolean isOwnThread() {
        return sink.isOwnThread();
    }

    private void await(Sending sending) {
        try {
            sending.get();
        } catch (ExecutionException lost) {
            throw new LostEventException(((LostEventException) lost.getCause()).reason(), lost.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            LostEventException failure = new LostEventException(
                    LossReason.INTERRUPTED, "interrupted before the broker had acknowledged; the event may be written");
            counts.lost(sending, failure);
            throw failure;
        }
    }
}
