package io.foundling.console.model.reading;

import io.foundling.console.model.position.Position;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Origin;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.writing.Batch;
import io.foundling.schemas.UnreadableMessageException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes batches of the records of a partition. A record that cannot be decoded is passed over; where it has a key that
 * can, the row of that key goes, because nobody knows what is true of it.
 */
final class Decoder<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

    private final ModelTopic<T> topic;
    private final Function<ConsumerRecord<byte[], byte[]>, T> values;
    private final InstantSource clock;
    private boolean hasLogged;

    Decoder(ModelTopic<T> topic, Map<String, Object> avro, InstantSource clock) {
        this.topic = topic;
        this.clock = clock;
        values = topic.value().apply(avro);
    }

    boolean isCompacted() {
        return topic.table().isCompacted();
    }

    Table<T> table() {
        return topic.table();
    }

    /** Returns a batch that holds no record, and says up to when there was none. */
    Batch<T> idle(Position from, long nextOffset, long readThroughMs) {
        return new Batch<>(topic.table(), from, nextOffset, List.of(), 0, readThroughMs);
    }

    Batch<T> batch(Position from, long nextOffset, List<ConsumerRecord<byte[], byte[]>> records) {
        List<Entry<T>> entries = new ArrayList<>(records.size());
        int passedOver = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Origin origin = origin(from, record);
            String key = Entry.key(record.key());
            try {
                if (key == null && isCompacted()) {
                    throw new UnreadableMessageException(
                            UnreadableMessageException.Reason.UNREADABLE_VALUE,
                            "its key is no text, or longer than any that the ledger writes");
                }
                T value = values.apply(record);
                if (value != null || isCompacted()) {
                    entries.add(new Entry<>(origin, key, value));
                }
            } catch (UnreadableMessageException unreadable) {
                passedOver++;
                log(record, unreadable);
                if (key != null && isCompacted()) {
                    entries.add(new Entry<>(origin, key, null));
                }
            }
        }
        long readThroughMs = Math.min(records.get(records.size() - 1).timestamp(), clock.millis());
        return new Batch<>(topic.table(), from, nextOffset, entries, passedOver, readThroughMs);
    }

    /** A record of the trail has its append time, or the time of reading if its topic does not keep append times. */
    private Origin origin(Position from, ConsumerRecord<byte[], byte[]> record) {
        boolean isKnown = isCompacted() || record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return new Origin(
                record.topic(),
                record.partition(),
                from.generation(),
                record.offset(),
                isKnown ? record.timestamp() : clock.millis());
    }

    private void log(ConsumerRecord<byte[], byte[]> record, UnreadableMessageException unreadable) {
        if (hasLogged) {
            LOG.debug("{}-{} at offset {}", record.topic(), record.partition(), record.offset(), unreadable);
            return;
        }
        hasLogged = true;
        LOG.warn(
                "a record of {} is passed over (partition {}, offset {}), and further ones of the partition are"
                        + " only counted: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                unreadable.getMessage());
    }
}
