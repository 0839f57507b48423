package io.foundling.service.it.upgrade;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A record as it was; key and value may be null. */
record RecordedRecord(int partition, long timestamp, byte[] key, byte[] value, List<Header> headers) {

    ProducerRecord<byte[], byte[]> to(String topic, byte[] newValue) {
        return new ProducerRecord<>(topic, partition, timestamp, key, newValue, headers);
    }
}
