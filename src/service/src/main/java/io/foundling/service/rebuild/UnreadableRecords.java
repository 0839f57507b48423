package io.foundling.service.rebuild;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The published records of which a rebuild can make nothing. One that a later record of the same key replaces does not
 * count: a tombstone is enough to do without it.
 */
public final class UnreadableRecords {

    private final Map<String, String> sentences = new LinkedHashMap<>();

    /** Hands the key of a record to a reader of the record, and notes the record if the reader fails. */
    void take(ConsumerRecord<byte[], byte[]> record, Consumer<String> reader) {
        String where = record.topic() + '-' + record.partition() + " at offset " + record.offset();
        if (record.key() == null) {
            sentences.put(where, where + ": it has no key");
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        String what = record.topic() + ' ' + key;
        try {
            reader.accept(key);
            sentences.remove(what);
        } catch (RegistryUnavailableException down) {
            throw down;
        } catch (RuntimeException damaged) {
            sentences.putIfAbsent(what, where + ", key " + key + ": " + Causes.sentence(damaged));
        }
    }

    /** Returns how many there are. */
    public int count() {
        return sentences.size();
    }

    /** Returns topic, partition, offset and reason of the first one. */
    public Optional<String> first() {
        return sentences.values().stream().findFirst();
    }
}
