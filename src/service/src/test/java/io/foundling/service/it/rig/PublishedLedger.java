package io.foundling.service.it.rig;

import io.foundling.audit.Disposition;
import io.foundling.audit.Violation;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the ledger has published, as a consumer with read_committed sees it; lists are in the order of the topic.
 *
 * @param dispositions all of a subject, by subject key; empty for a tombstone
 * @param changes on audit.orphans, by subject key: change, attempt and status of each record's headers
 * @param orphans keys whose last record on audit.orphans is a warning
 * @param deadLetters how many
 */
public record PublishedLedger(
        Map<String, List<Optional<NaiveView>>> dispositions,
        Map<String, List<String>> changes,
        List<String> orphans,
        Map<String, List<NaiveViolation>> violations,
        int deadLetters) {

    public static PublishedLedger read(TopicReader topics, Map<String, Object> avro) {
        Map<String, List<String>> changes = new TreeMap<>();
        Map<String, Boolean> active = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record : topics.committed(TopicNames.ORPHANS)) {
            add(changes, record.key(), change(record));
            active.put(record.key(), record.value() != null);
        }
        return new PublishedLedger(
                dispositions(topics, avro),
                changes,
                active.keySet().stream().filter(active::get).toList(),
                violations(topics, avro),
                topics.committed(TopicNames.DEAD_LETTERS).size());
    }

    private static Map<String, List<Optional<NaiveView>>> dispositions(TopicReader topics, Map<String, Object> avro) {
        Map<String, List<Optional<NaiveView>>> views = new TreeMap<>();
        try (Deserializer<Disposition> deserializer = AvroSerdes.deserializer(avro, Disposition.class)) {
            for (ConsumerRecord<String, byte[]> record : topics.committed(TopicNames.DISPOSITIONS)) {
                Optional<Disposition> value =
                        Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
                value.ifPresent(found -> requireKey(record.key(), SubjectKey.of(found.getSubject())));
                add(views, record.key(), value.map(DispositionView::of));
            }
        }
        return views;
    }

    private static Map<String, List<NaiveViolation>> violations(TopicReader topics, Map<String, Object> avro) {
        Map<String, List<NaiveViolation>> violations = new TreeMap<>();
        try (Deserializer<Violation> deserializer = AvroSerdes.deserializer(avro, Violation.class)) {
            for (ConsumerRecord<String, byte[]> record : topics.committed(TopicNames.VIOLATIONS)) {
                Violation found = deserializer.deserialize(record.topic(), record.value());
                add(violations, record.key(), new NaiveViolation(found.getAttempt(), found.getType()));
            }
        }
        return violations;
    }

    /** Returns change, attempt and status, such as {@code RECOVERY 2 PENDING}. */
    public static String change(ConsumerRecord<String, byte[]> record) {
        return header(record, "foundling.change") + " " + header(record, "foundling.attempt") + " "
                + header(record, "foundling.status");
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void requireKey(String key, String subjectKey) {
        if (!key.equals(subjectKey)) {
            throw new AssertionError("the disposition of " + subjectKey + " is under the key " + key);
        }
    }

    private static <T> void add(Map<String, List<T>> lists, String key, T element) {
        lists.computeIfAbsent(key, absent -> new ArrayList<>()).add(element);
    }
}
