package io.foundling.topology.clock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The audit clocks of one instance: connects what its consumers polled and its tasks processed with what the prober
 * proved. Thread-safe.
 */
public final class AuditClocks implements AuditClockSource {

    private final long allowedLagMs;
    private final Map<TopicPartition, PartitionProgress> open = new ConcurrentHashMap<>();
    private final Map<String, TaskClock> tasks = new ConcurrentHashMap<>();

    public AuditClocks(Duration allowedLag) {
        allowedLagMs = allowedLag.toMillis();
    }

    @Override
    public AuditClock open(String task, Set<TopicPartition> partitions) {
        Map<TopicPartition, PartitionProgress> life = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress progress = new PartitionProgress(partition.topic());
            life.put(partition, progress);
            open.put(partition, progress);
        }
        TaskClock clock = new TaskClock(task, life);
        tasks.put(task, clock);
        return clock;
    }

    /**
     * Says that a poll fetched records up to {@code lastRecord} (negative: none) and moved the position to
     * {@code next}.
     */
    public void polled(TopicPartition partition, long lastRecord, long next) {
        PartitionProgress progress = open.get(partition);
        if (progress != null) {
            progress.polled(lastRecord, next);
        }
    }

    /** Returns the source partitions of all open tasks. */
    public Set<TopicPartition> partitions() {
        return Set.copyOf(open.keySet());
    }

    /** Returns the lives whose committed offset has not been read since their assignment. */
    public List<Life> livesWithoutCommitted() {
        List<Life> lives = new ArrayList<>();
        open.forEach((partition, progress) -> {
            if (progress.needsCommitted()) {
                lives.add(new Life(partition, progress));
            }
        });
        return lives;
    }

    /** Returns the next offset to process of a partition; negative if it is not known. */
    public long position(TopicPartition partition) {
        PartitionProgress progress = open.get(partition);
        return progress == null ? -1 : progress.position();
    }

    /**
     * Says which id the topic of a partition has now, and returns whether it is still the topic that the task has read.
     */
    public boolean isSameTopic(TopicPartition partition, Uuid topicId) {
        PartitionProgress progress = open.get(partition);
        return progress == null || progress.isSameTopic(topicId);
    }

    /** Takes the broker's answer for a partition. */
    public void prove(TopicPartition partition, Proof proof) {
        PartitionProgress progress = open.get(partition);
        if (progress != null) {
            progress.prove(proof);
        }
    }

    /** Returns the clock of each open task, as last read by its stream thread. */
    public Map<String, Long> readings() {
        Map<String, Long> readings = new LinkedHashMap<>();
        tasks.forEach((task, clock) -> readings.put(task, clock.readingMs()));
        return readings;
    }

    /** One life of a task on one source partition. */
    public static final class Life {

        private final TopicPartition partition;
        private final PartitionProgress progress;

        private Life(TopicPartition partition, PartitionProgress progress) {
            this.partition = partition;
            this.progress = progress;
        }

        public TopicPartition partition() {
            return partition;
        }

        /** Says that a tool set the committed offset: what earlier lives have read no longer counts. */
        public void beganAnew() {
            progress.beganAnew();
        }

        /**
         * Sets the committed offset that was read, with requireStable, after this life was listed; negative if none.
         */
        public void committed(long offset) {
            progress.committed(offset);
        }
    }

    private final class TaskClock implements AuditClock {

        private final String task;
        private final Map<TopicPartition, PartitionProgress> life;
        private volatile long nowMs = UNSET;

        TaskClock(String task, Map<TopicPartition, PartitionProgress> life) {
            this.task = task;
            this.life = life;
        }

        @Override
        public long nowMs() {
            long reachedMs = Long.MAX_VALUE;
            for (PartitionProgress progress : life.values()) {
                reachedMs = Math.min(reachedMs, progress.reachedMs());
            }
            if (reachedMs != UNSET) {
                nowMs = Math.max(nowMs, reachedMs - allowedLagMs);
            }
            return nowMs;
        }

        long readingMs() {
            return nowMs;
        }

        @Override
        public void processed(String topic, int partition, long offset) {
            PartitionProgress progress = life.get(new TopicPartition(topic, partition));
            if (progress != null) {
                progress.processed(offset);
            }
        }

        @Override
        public void readBefore(Map<String, Uuid> topicIds) {
            life.forEach((partition, progress) ->
                    progress.readBefore(topicIds.getOrDefault(partition.topic(), Uuid.ZERO_UUID)));
        }

        @Override
        public Map<String, Uuid> topicIds() {
            Map<String, Uuid> topicIds = new LinkedHashMap<>();
            life.forEach((partition, progress) -> {
                Uuid topicId = progress.topicId();
                if (!topicId.equals(Uuid.ZERO_UUID)) {
                    topicIds.put(partition.topic(), topicId);
                }
            });
            return topicIds;
        }

        @Override
        public List<Gap> takeGaps() {
            List<Gap> gaps = new ArrayList<>();
            life.values().forEach(progress -> gaps.addAll(progress.takeGaps()));
            return gaps;
        }

        @Override
        public void close() {
            life.forEach(open::remove);
            tasks.remove(task, this);
        }
    }
}
