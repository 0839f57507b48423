package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.RecorderMetrics;
import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.SendFailures;
import io.foundling.client.internal.event.StableEvent;
import io.foundling.client.internal.settings.RecorderSettings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts written and lost events and completes their tickets. It counts first, so that a thread that waited for a
 * ticket sees the count. A loss is logged, then losses are only counted for a minute, and so on. Any thread.
 */
final class DeliveryCounts {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final String service;
    private final String instance;
    private final RecorderMetrics metrics;
    private final LongSupplier nanoTime;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong lastLoggedNanos;
    private final AtomicBoolean metricsFailed = new AtomicBoolean();

    /** The thread that completes a ticket. It is usually the producer's: others at the same time are in the set. */
    private final AtomicReference<Thread> inCallback = new AtomicReference<>();

    private final Set<Thread> othersInCallback = ConcurrentHashMap.newKeySet();

    DeliveryCounts(RecorderSettings settings, RecorderMetrics metrics, LongSupplier nanoTime) {
        this.service = settings.service().name();
        this.instance = settings.service().instance();
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        lastLoggedNanos = new AtomicLong(nanoTime.getAsLong() - QUIET_NANOS);
    }

    /** Returns how many events were lost so far. */
    long lost() {
        return lost.get();
    }

    /** Returns the event with the current count of losses, if this recorder is its producer. */
    AuditEvent stamp(AuditEvent event) {
        long losses = lost.get();
        if (losses == 0) {
            return event;
        }
        Producer producer = event.getProducer();
        boolean own = producer.getDropped() < losses
                && producer.getService().equals(service)
                && producer.getInstance().equals(instance);
        return own ? StableEvent.withDropped(event, losses) : event;
    }

    void recorded() {
        count(RecorderMetrics::recorded);
    }

    void written(Sending sending, Ticket ticket) {
        if (sending.end()) {
            count(RecorderMetrics::written);
            complete(sending, () -> sending.written(ticket));
        }
    }

    /**
     * Whether this thread runs a callback of a ticket, and must not wait for another event: it could wait for itself.
     */
    boolean isInCallback() {
        Thread self = Thread.currentThread();
        return inCallback.get() == self || othersInCallback.contains(self);
    }

    /** Counts a written event that an earlier process recorded. */
    void written() {
        count(RecorderMetrics::written);
    }

    void lost(Sending sending, LossReason reason, String why) {
        lose(sending, untraced(reason, why, null));
    }

    void lost(Sending sending, Throwable failure) {
        lose(sending, loss(failure));
    }

    /** Counts a lost event that an earlier process recorded. */
    void lost(Throwable failure) {
        counted(loss(failure), 1);
    }

    /** Counts losses of events without a ticket. */
    void lost(LossReason reason, long events, String why) {
        counted(LostEventException.untraced(reason, why, null), events);
    }

    void retried() {
        count(RecorderMetrics::retried);
    }

    /** Calls the metrics of the service. An exception there must not harm the recorder. */
    void count(Consumer<RecorderMetrics> call) {
        try {
            call.accept(metrics);
        } catch (Throwable failure) {
            if (metricsFailed.compareAndSet(false, true)) {
                LOG.warn("the metrics of the audit recorder failed; further failures are ignored", failure);
            }
        }
    }

    private static LostEventException loss(Throwable failure) {
        return failure instanceof LostEventException known
                ? known
                : untraced(SendFailures.reason(failure), String.valueOf(failure.getMessage()), failure);
    }

    private static LostEventException untraced(LossReason reason, String why, Throwable cause) {
        return LostEventException.untraced(reason, "the audit event was lost (" + reason + "): " + why, cause);
    }

    private void lose(Sending sending, LostEventException failure) {
        if (sending.end()) {
            counted(failure, 1);
            complete(sending, () -> sending.lost(failure));
        }
    }

    private void complete(Sending sending, Runnable call) {
        // No thread-local: threads of the service outlive the recorder, and this is never read on most of them.
        Thread self = Thread.currentThread();
        boolean only = inCallback.compareAndSet(null, self);
        boolean another = !only && inCallback.get() != self && othersInCallback.add(self);
        try {
            call.run();
        } finally {
            if (only) {
                inCallback.set(null);
            } else if (another) {
                othersInCallback.remove(self);
            }
        }
    }

    private void counted(LostEventException failure, long events) {
        long total = lost.addAndGet(events);
        count(each -> each.lost(failure.reason(), events));
        long now = nanoTime.getAsLong();
        long last = lastLoggedNanos.get();
        if (now - last >= QUIET_NANOS && lastLoggedNanos.compareAndSet(last, now)) {
            LOG.warn("audit events are being lost, {} so far; more are only counted for a minute", total, failure);
        }
    }
}
