package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Producer;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/** What the ledger relies on in every event, whoever wrote it. */
record ProducerContract(String service, Instant startedAt) {

    void requireOf(List<ConsumerRecord<String, AuditEvent>> records) {
        assertThat(records).allSatisfy(this::requireOf);
        assertThat(records).extracting(record -> record.value().getEventId()).doesNotHaveDuplicates();
        records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key,
                        Collectors.mapping(record -> record.value().getEventId().toString(), Collectors.toList())))
                .forEach((key, ids) -> assertThat(ids).as("event ids of " + key).isSorted());
    }

    private void requireOf(ConsumerRecord<String, AuditEvent> record) {
        AuditEvent event = record.value();
        Producer producer = event.getProducer();
        assertThat(record.key()).isEqualTo(SubjectKey.of(event.getSubject()));
        assertThat(record.partition()).isEqualTo(partition(record.key()));
        assertThat(event.getEventId().version()).isEqualTo(7);
        assertThat(event.getEventId().variant()).isEqualTo(2);
        assertThat(event.getOccurredAt()).isBetween(startedAt.truncatedTo(ChronoUnit.MILLIS), Instant.now());
        assertThat(producer.getService()).isEqualTo(service);
        assertThat(producer.getInstance()).isNotEmpty();
        assertThat(producer.getVersion()).isNotEmpty();
        assertThat(producer.getDropped()).isZero();
        if (event.getBody() instanceof Deferred deferred && deferred.getDueAt() != null) {
            assertThat(Duration.between(event.getOccurredAt(), deferred.getDueAt()))
                    .isCloseTo(Duration.ofDays(1), Duration.ofMinutes(1));
        }
    }

    private static int partition(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % WrittenEvents.PARTITIONS;
    }
}
