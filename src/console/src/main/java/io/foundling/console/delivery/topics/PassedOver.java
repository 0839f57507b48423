package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.Receiver;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts the records that cannot be read on behalf of a receiver. None of them stops it. Any thread. */
record PassedOver(Receiver receiver, DeliveryListener listener) {

    private static final Logger LOG = LoggerFactory.getLogger(PassedOver.class);

    void add(ConsumerRecord<byte[], byte[]> record, String why) {
        listener.unreadable(receiver.name());
        LOG.warn(
                "a record of {} is passed over for receiver {} (partition {}, offset {}): {}",
                record.topic(),
                receiver,
                record.partition(),
                record.offset(),
                why);
    }
}
