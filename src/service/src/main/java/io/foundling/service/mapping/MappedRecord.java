package io.foundling.service.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping reads: a record of a topic, or a line of a file. A line has no key, and a timestamp and headers only if
 * whoever reads the file gives it some.
 *
 * @param value a JSON object
 * @param key the record's key as text
 * @param headers texts by name
 */
public record MappedRecord(
        JsonNode value, Optional<String> key, Optional<Instant> timestamp, Map<String, String> headers) {

    public MappedRecord {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads one line of UTF-8 JSON, of which nothing else is known.
     *
     * @throws RecordRejectedException if it is no JSON object, is cut short, or names a field twice
     */
    public static MappedRecord ofLine(byte[] json) throws RecordRejectedException {
        return new MappedRecord(object(json), Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * Reads a JSON object in UTF-8: a line, or the value of a record.
     *
     * @throws RecordRejectedException if it is no JSON object, is cut short, or names a field twice
     */
    public static JsonNode object(byte[] json) throws RecordRejectedException {
        return StrictJson.object(json);
    }
}
