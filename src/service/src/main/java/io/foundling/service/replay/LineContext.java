package io.foundling.service.replay;

import io.foundling.service.mapping.MappedRecord;
import io.foundling.service.mapping.RecordRejectedException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of all lines of an input and is in none of them, such as the batch whose results they are. A mapping reads
 * it as it reads timestamp and headers of a record.
 */
public record LineContext(Optional<Instant> timestamp, Map<String, String> headers) {

    public LineContext {
        headers = Map.copyOf(headers);
    }

    MappedRecord record(byte[] line) throws RecordRejectedException {
        return new MappedRecord(MappedRecord.object(line), Optional.empty(), timestamp, headers);
    }
}
