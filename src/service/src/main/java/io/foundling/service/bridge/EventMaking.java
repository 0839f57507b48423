package io.foundling.service.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.SchemaRejectedException;
import io.foundling.service.bridge.RefusedRecordException.Reason;
import io.foundling.service.mapping.MappedRecord;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.RecordRejectedException;
import io.foundling.topology.ledger.SubjectRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes the events of a record, all of them or none, ready to be sent: bytes are decoded, mapped, encoded, and their size is
 * checked, as a record that the broker refuses could never be skipped under exactly-once. For one task.
 */
final class EventMaking {

    /** All events of a record are in memory at once: at most as many bytes as so many of the largest have. */
    private static final int LARGEST_EVENTS = 16;

    private final RecordValues values;
    private final Mapping mapping;
    private final Serializer<AuditEvent> serializer;
    private final String output;
    private final int maxBytes;

    /**
     * @param output topic of the events
     * @param maxBytes of an event's key and value
     */
    EventMaking(RecordValues values, Mapping mapping, Serializer<AuditEvent> serializer, String output, int maxBytes) {
        this.values = values;
        this.mapping = mapping;
        this.serializer = serializer;
        this.output = output;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the events of a record that has a value; none if the mapping leaves it out.
     *
     * @throws RefusedRecordException if it gives none and never will
     */
    List<MappedEvent> of(Record<byte[], byte[]> record) throws RefusedRecordException {
        JsonNode value = values.object(record.headers(), record.value());
        List<AuditEvent> events = map(new MappedRecord(
                value, RecordTexts.key(record.key()), timestamp(record), RecordTexts.headers(record.headers())));
        List<MappedEvent> made = new ArrayList<>(events.size());
        long bytes = 0;
        for (AuditEvent event : events) {
            MappedEvent encoded = encoded(event);
            bytes += encoded.size();
            if (bytes > (long) LARGEST_EVENTS * maxBytes) {
                throw new RefusedRecordException(
                        Reason.TOO_LARGE,
                        "the " + events.size() + " events of it have more than " + LARGEST_EVENTS * maxBytes
                                + " bytes together, expected at most as many");
            }
            made.add(encoded);
        }
        return made;
    }

    private List<AuditEvent> map(MappedRecord record) throws RefusedRecordException {
        try {
            return mapping.events(record);
        } catch (RecordRejectedException rejected) {
            throw new RefusedRecordException(
                    Reason.NOT_MAPPED, "the record " + rejected.sentence(), rejected.rule(), rejected);
        } catch (RuntimeException | StackOverflowError failed) {
            throw new RefusedRecordException(
                    Reason.PROCESSING_FAILED, "the mapping failed on the record: " + failed, Optional.empty(), failed);
        }
    }

    private MappedEvent encoded(AuditEvent event) throws RefusedRecordException {
        Optional<String> objection = SubjectRules.objection(event.getSubject());
        if (objection.isPresent()) {
            throw new RefusedRecordException(
                    Reason.NOT_MAPPED, "the ledger would not apply the event of it: " + objection.get());
        }
        String key = SubjectKey.of(event.getSubject());
        MappedEvent encoded = new MappedEvent(key.getBytes(StandardCharsets.UTF_8), bytes(event));
        if (encoded.size() > maxBytes) {
            throw new RefusedRecordException(
                    Reason.TOO_LARGE,
                    "the event of it has " + encoded.size() + " bytes, expected at most " + maxBytes + " for topic "
                            + output);
        }
        return encoded;
    }

    private byte[] bytes(AuditEvent event) throws RefusedRecordException {
        try {
            return serializer.serialize(output, event);
        } catch (SchemaRejectedException refused) {
            throw refused;
        } catch (SerializationException unfit) {
            throw new RefusedRecordException(
                    Reason.NOT_MAPPED,
                    "the event of it cannot be written: " + unfit.getMessage(),
                    Optional.empty(),
                    unfit);
        }
    }

    /** A record without a timestamp has 0 here, as Kafka Streams takes no other. */
    private static Optional<Instant> timestamp(Record<byte[], byte[]> record) {
        return record.timestamp() > 0 ? Optional.of(Instant.ofEpochMilli(record.timestamp())) : Optional.empty();
    }
}
