package io.foundling.console.model.reading;

import io.foundling.console.model.position.Position;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A partition that this process reads. One thread. */
final class ReadPartition<T> {

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

    /** Returns what is worth writing; none if there is nothing. */
    Optional<Batch<T>> batch(List<ConsumerRecord<byte[], byte[]>> records, long nextOffset) {
        if (!records.isEmpty()) {
            readThroughMs = records.get(records.size() - 1).timestamp();
            return Optional.of(decoder.batch(position, nextOffset, records));
        }
        boolean catchesUp = !position.hasCaughtUp() && nextOffset >= position.catchUpOffset();
        return catchesUp ? Optional.of(decoder.idle(position, nextOffset, position.asOfMs())) : Optional.empty();
    }

    /** Whether nothing is unread, as far as the consumer knows. */
    boolean isIdle() {
        return lag == 0;
    }

    /**
     * Returns a batch that says that nothing came up to now; none if there is something.
     *
     * @param end where the broker says that the partition ends, asked not before now
     */
    Optional<Batch<T>> idle(long nextOffset, long end, long nowMs) {
        return end <= nextOffset ? Optional.of(decoder.idle(position, nextOffset, nowMs)) : Optional.empty();
    }

    /** Takes in that the position was moved on. */
    void moved(Position to) {
        position = to;
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
