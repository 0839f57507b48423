package io.foundling.service.rebuild;

import io.foundling.audit.Alert;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.tail.Tail;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.rebuild.LedgerRebuild;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what the ledger has published, from the beginning to the end of each topic, and hands it to a rebuild. */
public final class PublishedRecords {

    /** The topics that are read, without the prefix. */
    static final List<String> TOPICS = List.of(
            TopicNames.DISPOSITIONS,
            TopicNames.ORPHANS,
            TopicNames.SETTLEMENTS,
            TopicNames.RECONCILIATIONS,
            TopicNames.ALERTS);

    private final Map<String, String> kafka;
    private final Map<String, Object> avro;
    private final TopicPrefix prefix;
    private final LedgerRebuild rebuild;
    private final UnreadableRecords unreadable = new UnreadableRecords();

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
                (record, key, value) -> rebuild.disposition(key, value, record.timestamp()));
        read(TopicNames.ORPHANS, OrphanWarning.class, (record, key, value) -> rebuild.orphan(key, value));
        read(TopicNames.SETTLEMENTS, Settlement.class, (record, key, value) -> rebuild.settlement(key, value));
        read(
                TopicNames.RECONCILIATIONS,
                Reconciliation.class,
                (record, key, value) -> rebuild.reconciliation(key, value));
        read(TopicNames.ALERTS, Alert.class, (record, key, value) -> rebuild.alert(key, value));
    }

    /** Returns the records that could not be read. */
    public UnreadableRecords unreadable() {
        return unreadable;
    }

    /** Takes a record in. */
    private interface Reader<V> {
        void take(ConsumerRecord<byte[], byte[]> record, String key, V value);
    }

    private <V extends SpecificRecord> void read(String declared, Class<V> type, Reader<V> reader) {
        String topic = prefix.name(declared);
        try (Deserializer<V> deserializer = AvroSerdes.deserializer(avro, type);
                Tail tail = Tail.open(kafka, topic, true, false)) {
            tail.run(record -> {
                unreadable.take(
                        record, key -> reader.take(record, key, deserializer.deserialize(topic, record.value())));
                return true;
            });
        }
    }
}
