package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that events cannot be sent at the moment, with the failure, and later that they are sent again; at most once a
 * minute. Counts every retry. One thread at a time.
 */
final class RetryLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final DeliveryCounts counts;
    private long lastLoggedNanos = System.nanoTime() - QUIET_NANOS;
    private boolean logged;
    private volatile Optional<Throwable> last = Optional.empty();

    RetryLog(DeliveryCounts counts) {
        this.counts = counts;
    }

    void failed(Throwable failure) {
        counts.retried();
        last = Optional.of(failure);
        if (!logged && System.nanoTime() - lastLoggedNanos >= QUIET_NANOS) {
            logged = true;
            lastLoggedNanos = System.nanoTime();
            LOG.warn("audit events cannot be sent now and are tried again until it works: {}", failure.toString());
        }
    }

    /** Returns the last failure; empty if there was none. Any thread. */
    Optional<Throwable> last() {
        return last;
    }

    void succeeded() {
        if (logged) {
            logged = false;
            LOG.info("audit events are sent again");
        }
    }
}
