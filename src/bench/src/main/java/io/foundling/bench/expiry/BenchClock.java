package io.foundling.bench.expiry;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClockSource;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The audit clock of all partitions. */
final class BenchClock implements AuditClockSource, AuditClock {

    private long nowMs = UNSET;

    void show(long clockMs) {
        nowMs = clockMs;
    }

    @Override
    public AuditClock open(String task, Set<TopicPartition> partitions) {
        return this;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public void processed(String topic, int partition, long offset) {
        // The bench sets the time itself.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
