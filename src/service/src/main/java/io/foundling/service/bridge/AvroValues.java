package io.foundling.service.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.schemas.GenericAvroDeserializer;
import io.foundling.schemas.UnreadableMessageException;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.bridge.RefusedRecordException.Reason;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** Values that are Avro records in the registry's wire format, of whatever schema. A registry that is away is waited for. */
final class AvroValues implements RecordValues {

    private final String topic;
    private final GenericAvroDeserializer deserializer;

    AvroValues(String topic, RegistryClient registry) {
        this.topic = topic;
        deserializer = new GenericAvroDeserializer(registry);
    }

    @Override
    public JsonNode object(Headers headers, byte[] value) throws RefusedRecordException {
        try {
            return AvroJson.of(deserializer.deserialize(topic, headers, value));
        } catch (UnreadableMessageException unreadable) {
            throw new RefusedRecordException(
                    Reason.valueOf(unreadable.reason().name()), unreadable.getMessage(), Optional.empty(), unreadable);
        }
    }
}
