package io.foundling.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts events that were not written. The first of a series is logged, the rest are counted until one is written. */
final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    private final AtomicLong count = new AtomicLong();
    private final AtomicBoolean losing = new AtomicBoolean();

    long count() {
        return count.get();
    }

    void lost(Exception failure) {
        long total = count.incrementAndGet();
        if (losing.compareAndSet(false, true)) {
            LOG.warn("an audit event was not written, {} so far; more are only counted", total, failure);
        }
    }

    void written() {
        if (losing.get() && losing.compareAndSet(true, false)) {
            LOG.info("audit events are written again, {} were lost so far", count.get());
        }
    }
}
