package io.foundling.service.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.service.bridge.RefusedRecordException.Reason;
import io.foundling.service.mapping.MappedRecord;
import io.foundling.service.mapping.RecordRejectedException;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** Values that are JSON objects in UTF-8. */
final class JsonValues implements RecordValues {

    @Override
    public JsonNode object(Headers headers, byte[] value) throws RefusedRecordException {
        try {
            return MappedRecord.object(value);
        } catch (RecordRejectedException broken) {
            throw new RefusedRecordException(
                    Reason.NOT_JSON, "the value " + broken.getMessage(), Optional.empty(), broken);
        }
    }
}
