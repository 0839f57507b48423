package io.foundling.console.model.table;

import io.foundling.topology.names.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter: what its headers say, and the beginning of its value.
 *
 * @param partition of the topic where the ledger read it; null if the header is missing or no number
 * @param size of the whole value; null if there is none
 */
public record DeadLetter(
        String reason, String message, String topic, Integer partition, Long offset, Integer size, byte[] value) {

    static final int KEPT_BYTES = 65_536;

    private static final String NO_REASON = "UNKNOWN";

    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        String reason = header(record, Headers.REASON);
        Long partition = number(header(record, Headers.PARTITION));
        byte[] value = record.value();
        Long truncated = number(header(record, Headers.TRUNCATED));
        return new DeadLetter(
                reason == null ? NO_REASON : reason,
                header(record, Headers.MESSAGE),
                header(record, Headers.TOPIC),
                partition == null ? null : partition.intValue(),
                number(header(record, Headers.OFFSET)),
                value == null ? null : truncated == null ? value.length : truncated.intValue(),
                value == null ? null : Arrays.copyOf(value, Math.min(value.length, KEPT_BYTES)));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Long number(String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
