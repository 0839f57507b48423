package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that events wait, and for what, and that they go on; at most once a minute. One thread at a time. */
final class RetryLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final Tally tally;
    private long lastSaidNanos = System.nanoTime() - QUIET_NANOS;
    private boolean said;

    RetryLog(Tally tally) {
        this.tally = tally;
    }

    void on(Throwable failure) {
        tally.retried();
        if (!said && System.nanoTime() - lastSaidNanos >= QUIET_NANOS) {
            said = true;
            lastSaidNanos = System.nanoTime();
            LOG.warn("audit events wait, trying again until it works: {}", failure.toString());
        }
    }

    void over() {
        if (said) {
            said = false;
            LOG.info("audit events are sent again");
        }
    }
}
