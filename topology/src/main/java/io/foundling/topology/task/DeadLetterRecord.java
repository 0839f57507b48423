package io.foundling.topology.task;

import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.names.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What is published of a record that could not be read or processed: the record as it was received, and in headers why and
 * from where. It is small enough for the topic of dead letters, whatever was received (rule B5).
 */
public record DeadLetterRecord(byte[] key, byte[] value, List<Header> headers) {

    /** Below the limit of the dead-letter topic, with room for headers and a key. */
    static final int MAX_BYTES = 2_000_000;

    /** A message may quote what was read. */
    public static final int MAX_MESSAGE_BYTES = 4_096;

    private static final int MAX_KEY_BYTES = 1_024;

    /**
     * Returns the dead letter of a record.
     *
     * @param reason a word for programs
     * @param message what was found and what was expected, for people
     */
    public static DeadLetterRecord of(
            Record<byte[], byte[]> received, RecordMetadata position, String reason, String message) {
        List<Header> headers = new ArrayList<>(Arrays.asList(received.headers().toArray()));
        byte[] key = received.key();
        byte[] value = received.value();
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length) + sizeOf(headers);
        if (size > MAX_BYTES) {
            headers.clear();
            headers.add(OutgoingRecords.header(Headers.TRUNCATED, Integer.toString(value == null ? 0 : value.length)));
            key = key == null ? null : Arrays.copyOf(key, Math.min(key.length, MAX_KEY_BYTES));
            value = value == null ? null : Arrays.copyOf(value, Math.min(value.length, MAX_BYTES / 2));
        }
        headers.add(OutgoingRecords.header(Headers.REASON, reason));
        headers.add(
                OutgoingRecords.header(Headers.MESSAGE, Texts.truncate(String.valueOf(message), MAX_MESSAGE_BYTES)));
        headers.add(OutgoingRecords.header(Headers.TOPIC, position.topic()));
        headers.add(OutgoingRecords.header(Headers.PARTITION, Integer.toString(position.partition())));
        headers.add(OutgoingRecords.header(Headers.OFFSET, Long.toString(position.offset())));
        return new DeadLetterRecord(key, value, headers);
    }

    private static int sizeOf(List<Header> headers) {
        return headers.stream()
                .mapToInt(header -> header.key().length() + (header.value() == null ? 0 : header.value().length))
                .sum();
    }
}
