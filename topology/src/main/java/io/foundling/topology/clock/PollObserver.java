package io.foundling.topology.clock;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reports to the audit clocks what each poll fetched and how far it moved the position, past transaction markers and
 * aborted records too. Configured as {@code main.consumer.interceptor.classes}; runs on the stream thread.
 */
public final class PollObserver implements ConsumerInterceptor<byte[], byte[]> {

    /** Consumer setting that carries the {@link AuditClocks}. */
    public static final String CLOCKS_CONFIG = "foundling.audit.clocks";

    private AuditClocks clocks;

    @Override
    public void configure(Map<String, ?> configs) {
        clocks = (AuditClocks) configs.get(CLOCKS_CONFIG);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next :
                records.nextOffsets().entrySet()) {
            List<ConsumerRecord<byte[], byte[]>> fetched = records.records(next.getKey());
            long last = fetched.isEmpty() ? -1 : fetched.get(fetched.size() - 1).offset();
            clocks.polled(next.getKey(), last, next.getValue().offset());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // What was committed is not what was read.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
