package io.foundling.service.it.upgrade;

import io.foundling.topology.store.StoreKeys;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;

/** A record as it was; key and value may be null. */
record RecordedRecord(int partition, long timestamp, byte[] key, byte[] value, List<Header> headers) {

    /** Whether it is an entry of a ledger's store of a kind, as {@link StoreKeys#kind} names it. */
    boolean isOfKind(String kind) {
        return StoreKeys.kind(Bytes.wrap(key)).equals(kind);
    }

    ProducerRecord<byte[], byte[]> to(String topic, byte[] newValue) {
        return new ProducerRecord<>(topic, partition, timestamp, key, newValue, headers);
    }
}
