package io.foundling.topology.harness;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClockSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** An audit clock that shows what the test sets, for every life of the task; unset until then. */
public final class SettableClock implements AuditClockSource {

    private final Map<String, Long> gaps = new HashMap<>();
    private long nowMs = AuditClock.UNSET;

    public void set(Instant now) {
        setMs(now.toEpochMilli());
    }

    public void setMs(long clockMs) {
        nowMs = clockMs;
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
            public Map<String, Long> takeGaps() {
                Map<String, Long> taken = Map.copyOf(gaps);
                gaps.clear();
                return taken;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    /** Lets the next look find that offsets were deleted unread. */
    public void losesOffsets(String topic, long offsets) {
        gaps.merge(topic, offsets, Long::sum);
    }
}
