package io.foundling.service.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.common.header.Headers;

/** Reads the values of one input, in whatever form it has them. Each task has its own. */
interface RecordValues {

    /**
     * Returns a value as a JSON object.
     *
     * @throws RefusedRecordException if it cannot be read now or later
     * @throws io.foundling.schemas.registry.RegistryUnavailableException if it may be read later
     */
    JsonNode object(Headers headers, byte[] value) throws RefusedRecordException;
}
