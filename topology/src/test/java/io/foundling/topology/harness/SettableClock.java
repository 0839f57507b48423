package io.foundling.topology.harness;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClockSource;
import io.foundling.topology.clock.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** An audit clock that shows what the test sets, for every life of the task; unset until then. */
public final class SettableClock implements AuditClockSource {

    private final List<Gap> gaps = new ArrayList<>();
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
            public List<Gap> takeGaps() {
                List<Gap> taken = List.copyOf(gaps);
                gaps.clear();
                return taken;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    /** Lets the next look find that offsets were deleted unread: all from one up to, and without, another. */
    public void losesOffsets(String topic, long from, long to) {
        gaps.add(new Gap(topic, from, to));
    }
}
