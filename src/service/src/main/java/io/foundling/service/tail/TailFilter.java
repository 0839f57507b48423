package io.foundling.service.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.schemas.SubjectKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records are shown. The time is the timestamp of the record. Pure.
 *
 * @param key of a subject; records of a parent's attempts count, whose keys begin with it
 * @param statuses in upper case; empty: all
 */
public record TailFilter(
        Optional<String> key,
        Optional<String> source,
        Optional<String> stage,
        Set<String> statuses,
        Optional<Instant> since,
        Optional<Instant> until) {

    private static final String SOURCE = "source";
    private static final String STAGE = "stage";

    public TailFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Whether a record may be shown, by what is known before it is decoded. */
    public boolean allows(ConsumerRecord<byte[], byte[]> record) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        return since.map(moment -> !at.isBefore(moment)).orElse(true)
                && until.map(at::isBefore).orElse(true)
                && key.map(wanted -> record.key() != null && isOf(Bytes.text(record.key()), wanted))
                        .orElse(true);
    }

    private static boolean isOf(String found, String wanted) {
        return found.equals(wanted) || found.startsWith(wanted + "/");
    }

    /** Whether a record is shown, as {@link RecordJson} gives it. */
    public boolean allows(JsonNode record) {
        return source.map(wanted -> wanted.equals(part(record, SOURCE, 1))).orElse(true)
                && stage.map(wanted -> wanted.equals(part(record, STAGE, 2))).orElse(true)
                && (statuses.isEmpty() || statuses(record).stream().anyMatch(statuses::contains));
    }

    /** A tombstone has only the key, whose second and third part are source and stage. */
    private static String part(JsonNode record, String name, int index) {
        JsonNode value = record.path("value");
        for (String holder : new String[] {"subject", "parent", "scope", "labels"}) {
            if (value.path(holder).hasNonNull(name)) {
                return value.path(holder).path(name).asText();
            }
        }
        if (value.hasNonNull(name)) {
            return value.path(name).asText();
        }
        String[] parts = record.path("key").asText().split("/");
        try {
            return parts.length > index ? SubjectKey.decode(parts[index]) : "";
        } catch (IllegalArgumentException noEncoding) {
            return parts[index];
        }
    }

    private static Set<String> statuses(JsonNode record) {
        Set<String> found = new HashSet<>();
        JsonNode value = record.path("value");
        add(value.path("status"), found);
        add(value.path("outcome"), found);
        add(value.path("check").path("status"), found);
        add(value.path(EventLine.FACT), found);
        if (value.has(EventLine.FACT)) {
            found.add(EventLine.status(value));
        }
        for (Map.Entry<String, JsonNode> header : record.path("headers").properties()) {
            if (value.isNull() && header.getKey().endsWith("status")) {
                add(header.getValue(), found);
            }
        }
        return found;
    }

    private static void add(JsonNode status, Set<String> found) {
        if (status.isTextual()) {
            found.add(status.asText().toUpperCase(Locale.ROOT));
        }
    }
}
