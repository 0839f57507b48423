package io.foundling.service.it.console;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Erased;
import io.foundling.audit.Violation;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.UnreadableMessageException;
import io.foundling.service.it.rig.CommittedRecords;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Erasure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Computes what a table must hold from the whole topic, the simplest way there is. */
public final class NaiveReader {

    private static final long MEMORY_MS =
            LedgerSettings.defaults(TopicNames.EVENTS, 1).retention().memory().toMillis();

    private final LocalStack stack;
    private final CommittedRecords topics;

    public NaiveReader(LocalStack stack) {
        this.stack = stack;
        topics = new CommittedRecords(stack.bootstrapServers());
    }

    public <T extends SpecificRecord> Map<String, Row> rows(ExpectedTable<T> table) {
        Map<String, Row> rows = new TreeMap<>();
        Set<String> erased = table.isCompacted() ? Set.of() : erased();
        try (Deserializer<T> values = deserializer(table.type())) {
            for (ConsumerRecord<byte[], byte[]> record : topics.of(table.topic())) {
                String id = table.isCompacted() ? text(record) : place(record);
                try {
                    T value = values.deserialize(record.topic(), record.headers(), record.value());
                    if (value == null || erased.contains(subjectKey(value))) {
                        rows.remove(id);
                    } else {
                        rows.put(id, table.row(value));
                    }
                } catch (UnreadableMessageException unreadable) {
                    rows.remove(id);
                }
            }
        }
        return rows;
    }

    /** Returns where each dead letter is that is of no erased subject. */
    public List<String> deadLetters() {
        Set<String> erased = erased();
        return topics.of(TopicNames.DEAD_LETTERS).stream()
                .filter(record -> !erased.contains(text(record)))
                .map(NaiveReader::place)
                .sorted()
                .toList();
    }

    /** An event, and when it was appended. */
    record Appended(long appendedMs, AuditEvent value) {}

    /** Returns all events that can be decoded, also those of erased subjects. */
    List<Appended> events() {
        List<Appended> found = new ArrayList<>();
        try (Deserializer<AuditEvent> events = deserializer(AuditEvent.class)) {
            for (ConsumerRecord<byte[], byte[]> record : topics.of(TopicNames.EVENTS)) {
                try {
                    AuditEvent event = events.deserialize(record.topic(), record.headers(), record.value());
                    if (event != null) {
                        found.add(new Appended(record.timestamp(), event));
                    }
                } catch (UnreadableMessageException unreadable) {
                    continue;
                }
            }
        }
        return found;
    }

    /** Returns until when the trail leaves out each erased subject, by the hash of its key. A further Erased changes nothing. */
    Map<String, Long> erasures() {
        Map<String, Long> until = new TreeMap<>();
        try (Deserializer<AuditEvent> events = deserializer(AuditEvent.class)) {
            for (ConsumerRecord<byte[], byte[]> record : topics.of(TopicNames.EVENTS)) {
                try {
                    AuditEvent event = events.deserialize(record.topic(), record.headers(), record.value());
                    if (event.getBody() instanceof Erased) {
                        until.merge(
                                Erasure.name(text(record)),
                                record.timestamp() + MEMORY_MS,
                                (known, next) -> known < record.timestamp() ? next : known);
                    }
                } catch (UnreadableMessageException unreadable) {
                    continue;
                }
            }
        }
        return until;
    }

    /** Returns where each partition ends, by its topic and number. */
    Map<String, String> positions() {
        Map<String, String> ends = new TreeMap<>();
        Set<String> names = new TreeSet<>(Set.of(TopicNames.DEAD_LETTERS, TopicNames.EXPECTATIONS));
        ExpectedTable.ALL.forEach(table -> names.add(table.topic()));
        topics.ends(names).forEach((partition, end) -> ends.put(partition.toString(), "next " + end));
        return ends;
    }

    private Set<String> erased() {
        Set<String> erased = new HashSet<>();
        try (Deserializer<AuditEvent> events = deserializer(AuditEvent.class)) {
            for (ConsumerRecord<byte[], byte[]> record : topics.of(TopicNames.EVENTS)) {
                try {
                    AuditEvent event = events.deserialize(record.topic(), record.headers(), record.value());
                    if (event != null && event.getBody() instanceof Erased) {
                        erased.add(text(record));
                    }
                } catch (UnreadableMessageException unreadable) {
                    continue;
                }
            }
        }
        return erased;
    }

    private <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        return AvroSerdes.deserializer(Map.of("schema.registry.url", stack.registryUrl()), type);
    }

    private static String subjectKey(SpecificRecord value) {
        return value instanceof AuditEvent event
                ? SubjectKey.of(event.getSubject())
                : value instanceof Violation violation ? SubjectKey.of(violation.getSubject()) : "";
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
