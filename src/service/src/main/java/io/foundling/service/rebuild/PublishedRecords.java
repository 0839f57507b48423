package io.foundling.service.rebuild;

import io.foundling.audit.Alert;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.tail.Tail;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.rebuild.LedgerRebuild;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what the ledger has published, from the beginning to the end of each topic, and hands it to a rebuild. */
public final class PublishedRecords {

    private final Map<String, String> kafka;
    private final Map<String, Object> avro;
    private final TopicPrefix prefix;
    private final LedgerRebuild rebuild;
    private int unreadable;

    public PublishedRecords(
            Map<String, String> kafka, Map<String, Object> avro, TopicPrefix prefix, LedgerRebuild rebuild) {
        this.kafka = kafka;
        this.avro = avro;
        this.prefix = prefix;
        this.rebuild = rebuild;
    }

    /** Reads all topics. */
    public void read() {
        read(
                TopicNames.DISPOSITIONS,
                Disposition.class,
                (record, value) -> rebuild.disposition(key(record), value, record.timestamp()));
        read(TopicNames.ORPHANS, OrphanWarning.class, (record, value) -> rebuild.orphan(key(record), value));
        read(TopicNames.SETTLEMENTS, Settlement.class, (record, value) -> rebuild.settlement(key(record), value));
        read(TopicNames.ALERTS, Alert.class, (record, value) -> rebuild.alert(key(record), value));
    }

    /** Returns how many records could not be read. */
    public int unreadable() {
        return unreadable;
    }

    /** Takes a record in. */
    private interface Reader<V> {
        void take(ConsumerRecord<byte[], byte[]> record, V value);
    }

    private <V extends SpecificRecord> void read(String declared, Class<V> type, Reader<V> reader) {
        String topic = prefix.name(declared);
        try (Deserializer<V> deserializer = AvroSerdes.deserializer(avro, type);
                Tail tail = Tail.open(kafka, topic, true, false)) {
            tail.run(record -> {
                try {
                    reader.take(record, deserializer.deserialize(topic, record.value()));
                } catch (SerializationException damaged) {
                    unreadable++;
                }
                return true;
            });
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
