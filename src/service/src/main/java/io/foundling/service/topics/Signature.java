package io.foundling.service.topics;

import io.foundling.topology.names.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Which application wrote a record.
 *
 * @param at the timestamp of the record
 */
record Signature(TopicPartition partition, long offset, Instant at, String application) {

    /** Returns that of a record; none if it was written by a build that did not sign records, or by something else. */
    static Optional<Signature> of(ConsumerRecord<?, ?> record) {
        Header signed = record.headers().lastHeader(Headers.APPLICATION);
        return signed == null || signed.value() == null
                ? Optional.empty()
                : Optional.of(new Signature(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset(),
                        Instant.ofEpochMilli(record.timestamp()),
                        new String(signed.value(), StandardCharsets.UTF_8)));
    }
}
