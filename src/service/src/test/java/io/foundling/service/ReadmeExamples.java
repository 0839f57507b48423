package io.foundling.service;

import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.schemas.AvroSerdes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The examples of the front page and of the pages of topology, so that they compile; never run. */
final class ReadmeExamples {

    private ReadmeExamples() {}

    static void report(Instant nextRun, Instant submissionStart, Instant submissionEnd) {
        Subject record = new Subject(SubjectKind.RECORD, "university", "declaration", "4711");
        Subject batch = new Subject(SubjectKind.BATCH, "university", "payment-run", "2026-09-01");

        try (AuditRecorder recorder = AuditRecorder.fromEnvironment()) {
            recorder.on(record).parent(batch).deferred(nextRun);
            recorder.on(record).parent(batch).pending(submissionStart, submissionEnd);
            recorder.on(record).parent(batch).completed();
            recorder.completed(batch);
        }
    }

    static void declareScope(AuditRecorder recorder, Subject scope, int run) {
        recorder.on(scope).declared(Duration.ofHours(25));
        recorder.on(scope).attempt(run).opened();
        recorder.on(scope).attempt(run).completed();
    }

    static void reportCheck(AuditRecorder recorder, Subject scope) {
        recorder.reconciled(
                scope,
                Reconciled.newBuilder()
                        .setCheckType(CheckType.COUNT)
                        .setStatus(CheckStatus.FAILED)
                        .setRunDate(LocalDate.now())
                        .setSourceRows(1_000L)
                        .setTargetRows(998L)
                        .build());
    }

    static void announceMember(AuditRecorder recorder, Subject member, Subject batch, Instant nextRun) {
        recorder.on(member).parent(batch).expected(nextRun);
    }

    static void forget(AuditRecorder recorder, Subject subject) {
        recorder.erased(subject, "asked to be forgotten", "registrar");
    }

    static void reportBatch(AuditRecorder recorder, Subject batch, Pending.Builder submission) {
        recorder.on(batch).opened();
        recorder.on(batch).pending(submission.setExpectedMembers(340L).build());
        recorder.on(batch).completed();
    }

    /** @param settings at least {@code bootstrap.servers} and {@code schema.registry.url} */
    static void materialise(Map<String, Object> settings, Map<String, OrphanWarning> orphansOfNow) {
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, OrphanWarning> consumer = new KafkaConsumer<>(
                settings, new StringDeserializer(), AvroSerdes.deserializer(settings, OrphanWarning.class))) {
            List<TopicPartition> partitions = consumer.partitionsFor("audit.orphans").stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, OrphanWarning> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.value() == null) {
                        orphansOfNow.remove(record.key());
                    } else {
                        orphansOfNow.put(record.key(), record.value());
                    }
                }
            }
        }
    }
}
