package io.foundling.console.model.reading;

import io.foundling.console.model.position.Position;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A partition that this process reads. One thread. */
final class ReadPartition<T> {

    /** How often the position of a partition without new records is written. */
    private static final Duration IDLE_WRITES = Duration.ofMinutes(1);

    private final TopicPartition partition;
    private final Decoder<T> decoder;
    private final long target;
    private Position position;
    private long readThroughMs;
    private long lag;

    /** @param target where the partition ended when this process began to read it */
    ReadPartition(TopicPartition partition, Decoder<T> decoder, Position position, long target) {
        this.partition = partition;
        this.decoder = decoder;
        this.target = target;
        this.position = position;
        lag = target - position.nextOffset();
        readThroughMs = position.followedMs();
    }

    TopicPartition partition() {
        return partition;
    }

    Position position() {
        return position;
    }

    /**
     * Returns what is worth writing; none if there is nothing.
     *
     * @param end asks the broker where the partition ends
     */
    Optional<Batch<T>> batch(
            List<ConsumerRecord<byte[], byte[]>> records, long nextOffset, long nowMs, LongSupplier end) {
        if (!records.isEmpty()) {
            readThroughMs = records.get(records.size() - 1).timestamp();
            return Optional.of(decoder.batch(position, nextOffset, records));
        }
        boolean isDue = lag == 0 && nowMs - position.asOfMs() > IDLE_WRITES.toMillis();
        if (isDue && end.getAsLong() <= nextOffset) {
            return Optional.of(decoder.idle(position, nextOffset, nowMs));
        }
        boolean catchesUp = !position.hasCaughtUp() && nextOffset >= position.catchUpOffset();
        return catchesUp ? Optional.of(decoder.idle(position, nextOffset, position.asOfMs())) : Optional.empty();
    }

    /** Writes a batch, and returns whether no other process has moved the position. */
    boolean write(BatchWriter writer, Batch<T> batch) {
        Optional<Position> moved = writer.write(batch);
        moved.ifPresent(next -> position = next);
        return moved.isPresent();
    }

    /** Takes in how many records are unread. */
    void lag(long records) {
        lag = records;
    }

    /** Whether all was read that there was when this process, or the generation, began. */
    boolean isCaughtUp() {
        return position.hasCaughtUp() && (lag == 0 || position.nextOffset() >= target);
    }

    /** Returns how many records are unread, and for how long. */
    Lag lag(String topic, long nowMs) {
        return new Lag(topic, lag, lag == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, nowMs - readThroughMs)));
    }
}
