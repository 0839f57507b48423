package io.foundling.service.it.upgrade;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the group had come in a partition.
 *
 * @param records how many recorded records of the partition it had read
 * @param metadata what Kafka Streams stores beside an offset
 */
record RecordedOffset(String topic, int partition, long records, String metadata) {

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    OffsetAndMetadata offset() {
        return new OffsetAndMetadata(records, metadata);
    }
}
