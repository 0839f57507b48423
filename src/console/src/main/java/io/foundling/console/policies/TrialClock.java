package io.foundling.console.policies;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClockSource;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The audit clock of a ledger that reads each event when it was appended: of all its tasks at once. */
final class TrialClock implements AuditClockSource {

    private long nowMs = AuditClock.UNSET;

    void reach(long timeMs) {
        nowMs = Math.max(nowMs, timeMs);
    }

    @Override
    public AuditClock open(String task, Set<TopicPartition> partitions) {
        return new AuditClock() {
            @Override
            public long nowMs() {
                return nowMs;
            }

            @Override
            public void processed(String topic, int partition, long offset) {
                // It shows what it was set to.
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }
}
