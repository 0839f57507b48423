package io.foundling.console.policies;

import io.foundling.audit.AuditEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The events of source topics, from their beginnings to where they ended when the reading began, in the order of their
 * append times. It holds at most 20,000 records or about 16 MiB at a time, and those of one poll, however long the topics
 * and large the records are. What cannot be decoded is counted and left out, as a ledger leaves it out. For one thread.
 */
public final class TopicTrail implements Iterator<RecordedEvent>, AutoCloseable {

    /** So many records are held, over all partitions, apart from those of one poll. */
    private static final int HELD = 20_000;

    private static final int LEAST_HELD = 100;

    /** Keys and values take so many bytes, over all partitions, apart from those of one poll. */
    private static final long HELD_BYTES = 16 << 20;

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<AuditEvent> deserializer;
    private final Duration patience;
    private final int heldOfEach;
    private final long bytesOfEach;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();

    /** Those whose next record is known. */
    private final PriorityQueue<Lane> ready = new PriorityQueue<>(
            Comparator.comparingLong(Lane::nextMs).thenComparing(lane -> lane.partition.toString()));

    /** Those of which more is to be read before anybody knows what comes next. */
    private final Set<Lane> awaited = new HashSet<>();

    private final Set<String> withoutAppendTimes = new TreeSet<>();
    private boolean isCut;
    private long unreadable;
    private RecordedEvent next;

    /** What was read of a partition and not handed on yet. */
    private static final class Lane {

        private final TopicPartition partition;
        private final long end;
        private final Deque<ConsumerRecord<byte[], byte[]>> held = new ArrayDeque<>();
        private long heldBytes;
        private long lastMs;
        private boolean isPaused;

        private Lane(TopicPartition partition, long end) {
            this.partition = partition;
            this.end = end;
        }

        private void add(ConsumerRecord<byte[], byte[]> record) {
            held.add(record);
            heldBytes += bytes(record);
        }

        private ConsumerRecord<byte[], byte[]> remove() {
            ConsumerRecord<byte[], byte[]> first = held.remove();
            heldBytes -= bytes(first);
            return first;
        }

        private static long bytes(ConsumerRecord<byte[], byte[]> record) {
            return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        }

        /** Times that producers gave can go back: nothing is read before what was appended before it. */
        private long nextMs() {
            return Math.max(lastMs, held.element().timestamp());
        }
    }

    /**
     * Begins to read.
     *
     * @param consumer in no group; this closes it
     * @param patience how long to wait for a partition that answers nothing
     */
    public TopicTrail(
            Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            Deserializer<AuditEvent> deserializer,
            Duration patience) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.patience = patience;
        heldOfEach = Math.max(LEAST_HELD, HELD / Math.max(1, partitions.size()));
        bytesOfEach = HELD_BYTES / Math.max(1, partitions.size());
        try {
            begin(partitions);
        } catch (KafkaException failure) {
            consumer.close();
            throw notRead(failure);
        }
    }

    private void begin(Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, patience);
        isCut = begins.values().stream().anyMatch(first -> first > 0);
        consumer.endOffsets(partitions, patience).forEach((partition, end) -> {
            Lane lane = new Lane(partition, end);
            lanes.put(partition, lane);
            if (begins.get(partition) < end) {
                awaited.add(lane);
            }
        });
    }

    private static TrailNotReadException notRead(KafkaException failure) {
        return new TrailNotReadException("the source topics cannot be read: " + failure.getMessage());
    }

    /** Returns the topics on which producers stamp the records: their times are taken for append times. */
    public Set<String> withoutAppendTimes() {
        return withoutAppendTimes;
    }

    /** Returns how many partitions each of its topics has. */
    public int partitions() {
        return lanes.keySet().stream().mapToInt(TopicPartition::partition).max().orElse(-1) + 1;
    }

    /** Whether earlier events were deleted from the topics. */
    public boolean isCut() {
        return isCut;
    }

    /** Returns what is known of it beside its events, as far as it was read. */
    public TrailFacts facts() {
        return new TrailFacts(isCut, unreadable, withoutAppendTimes);
    }

    /** Returns how many records could not be decoded so far. */
    public long unreadable() {
        return unreadable;
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            fill();
            Lane lane = ready.poll();
            if (lane == null) {
                return false;
            }
            next = take(lane);
        }
        return true;
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the trail has ended");
        }
        RecordedEvent taken = next;
        next = null;
        return taken;
    }

    /** Returns null for a record that cannot be decoded. */
    private RecordedEvent take(Lane lane) {
        lane.lastMs = lane.nextMs();
        ConsumerRecord<byte[], byte[]> record = lane.remove();
        if (!lane.held.isEmpty()) {
            ready.add(lane);
        } else {
            awaited.add(lane);
        }
        if (record.timestampType() == TimestampType.CREATE_TIME) {
            withoutAppendTimes.add(record.topic());
        }
        try {
            AuditEvent event = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (event != null) {
                return new RecordedEvent(
                        record.topic(), record.partition(), record.offset(), lane.lastMs, record.key(), event);
            }
        } catch (SerializationException undecodable) {
            // Counted below: a ledger puts it among the dead letters.
        }
        unreadable++;
        return null;
    }

    /** Reads until of every partition the next record is known, or that there is none. */
    private void fill() {
        try {
            fillUnguarded();
        } catch (KafkaException failure) {
            throw notRead(failure);
        }
    }

    private void fillUnguarded() {
        awaited.removeIf(this::isAtItsEnd);
        long waitedSinceNanos = System.nanoTime();
        while (!awaited.isEmpty()) {
            resume();
            boolean any = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                any = true;
                add(record);
            }
            awaited.removeIf(this::isAtItsEnd);
            if (any) {
                waitedSinceNanos = System.nanoTime();
            } else if (System.nanoTime() - waitedSinceNanos > patience.toNanos()) {
                throw new TrailNotReadException(
                        "partition " + awaited.iterator().next().partition
                                + " has given no record for " + patience.toSeconds()
                                + " s, expected those up to its end; is its broker there?");
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        Lane lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
        if (record.offset() >= lane.end) {
            return;
        }
        lane.add(record);
        if (lane.held.size() == 1) {
            awaited.remove(lane);
            ready.add(lane);
        }
        if (!lane.isPaused && (lane.held.size() >= heldOfEach || lane.heldBytes >= bytesOfEach)) {
            lane.isPaused = true;
            consumer.pause(List.of(lane.partition));
        }
    }

    private void resume() {
        List<TopicPartition> resumed = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            if (lane.isPaused && lane.held.size() < heldOfEach / 2 && lane.heldBytes <= bytesOfEach / 2) {
                lane.isPaused = false;
                resumed.add(lane.partition);
            }
        }
        consumer.resume(resumed);
    }

    /** The position also moves past markers and aborted records. */
    private boolean isAtItsEnd(Lane lane) {
        return lane.held.isEmpty() && consumer.position(lane.partition, patience) >= lane.end;
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
