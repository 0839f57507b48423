package io.foundling.console.model.reading;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Divides what was read at once into portions that are written at once: a fetch is bounded by its compressed bytes, memory and
 * transactions are by these. Pure.
 */
final class Portions {

    private Portions() {}

    /**
     * Returns portions in the order of the records, each of as many records and bytes at most, or of a single record.
     * Without records there is one portion, which is empty.
     */
    static List<List<ConsumerRecord<byte[], byte[]>>> of(
            List<ConsumerRecord<byte[], byte[]>> records, int maxRecords, long maxBytes) {
        List<List<ConsumerRecord<byte[], byte[]>>> portions = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            long more = bytes(records.get(i));
            if (i - from == maxRecords || i > from && bytes + more > maxBytes) {
                portions.add(records.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        portions.add(records.subList(from, records.size()));
        return portions;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return length(record.key()) + length(record.value());
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
