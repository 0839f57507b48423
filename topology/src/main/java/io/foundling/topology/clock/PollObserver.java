package io.foundling.topology.clock;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * Reports to the audit clocks what each poll fetched and how far it moved the position, past transaction markers and
 * aborted records too; and to {@link BrokerTime} when the last record was appended. Configured as {@code main.consumer.interceptor.classes}; runs on the stream thread.
 */
public final class PollObserver implements ConsumerInterceptor<byte[], byte[]> {

    /** Consumer setting that carries the {@link AuditClocks}. */
    public static final String CLOCKS_CONFIG = "foundling.audit.clocks";

    /** Consumer setting that carries the {@link BrokerTime}. */
    public static final String BROKER_TIME_CONFIG = "foundling.broker.time";

    private AuditClocks clocks;
    private BrokerTime brokers;

    @Override
    public void configure(Map<String, ?> configs) {
        clocks = (AuditClocks) configs.get(CLOCKS_CONFIG);
        brokers = (BrokerTime) configs.get(BROKER_TIME_CONFIG);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next :
                records.nextOffsets().entrySet()) {
            List<ConsumerRecord<byte[], byte[]>> fetched = records.records(next.getKey());
            if (fetched.isEmpty()) {
                clocks.polled(next.getKey(), -1, next.getValue().offset());
            } else {
                ConsumerRecord<byte[], byte[]> last = fetched.get(fetched.size() - 1);
                clocks.polled(next.getKey(), last.offset(), next.getValue().offset());
                if (last.timestampType() == TimestampType.LOG_APPEND_TIME) {
                    brokers.read(next.getKey(), last.offset(), last.timestamp());
                }
            }
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
