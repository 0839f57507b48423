package io.foundling.service.it.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.Pending;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thread submits items to a pool and then reports them as Deferred, while a worker reports the same items as
 * Completed. Often the Completed happened first, and nobody passes an attempt number. Proves rules L6 and L20 with the
 * recorder, on a real broker. Prints how often the workers were first.
 */
class RacingReportersIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int ITEMS = Integer.getInteger("items", 5_000);
    private static final int BATCH = 300;
    private static final int WORKERS = 8;

    /** The submitting thread has something else to do before it reports, for this long at most. */
    private static final int MAX_PAUSE_NANOS = 2_000_000;

    @TempDir
    private Path directory;

    private final Random random = new Random(20261129);

    @Test
    void shouldHaveNoOrphanAndMissNobodyWhenWorkersReportBeforeTheSubmitter() throws Exception {
        race();
    }

    @Tag("full")
    @RepeatedTest(20)
    void shouldHaveNoOrphanAndMissNobodyEachTimeWorkersReportBeforeTheSubmitter() throws Exception {
        race();
    }

    private void race() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 6, TopicNames.EVENTS);
            LiveLedger ledger =
                    stack.closeFirst(LiveLedger.start(stack, directory, "allowedLag: 5s\nsettleGrace: 2s\n"));
            ledger.awaitReady();
            TopicReader topics = new TopicReader(stack.bootstrapServers());

            // When
            Instant began = Instant.now();
            int workerFirst = report(stack);
            Duration reported = Duration.between(began, Instant.now());

            // Then
            await("all settled")
                    .atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> latest(stack, TopicNames.SETTLEMENTS, Settlement.class)
                                    .size()
                            == (ITEMS + BATCH - 1) / BATCH);
            Map<String, Settlement> settled = latest(stack, TopicNames.SETTLEMENTS, Settlement.class);
            Map<String, Long> items = latest(stack, TopicNames.DISPOSITIONS, Disposition.class).values().stream()
                    .filter(found -> found.getSubject().getKind() == SubjectKind.RECORD)
                    .collect(Collectors.groupingBy(
                            found -> found.getStatus() + " in attempt " + found.getAttempt(), Collectors.counting()));
            int orphans = topics.committed(TopicNames.ORPHANS).size();
            System.out.printf(
                    "%d items reported in %s, %d by workers first; %d changes of orphans, %d settlements, all in %s%n",
                    ITEMS, reported, workerFirst, orphans, settled.size(), Duration.between(began, Instant.now()));
            assertThat(workerFirst).as("the race happens").isGreaterThan(ITEMS / 10);
            assertThat(items).isEqualTo(Map.of("COMPLETED in attempt 1", (long) ITEMS));
            assertThat(orphans).isZero();
            assertThat(settled).allSatisfy((key, settlement) -> assertComplete(settlement));
            assertThat(settled.values().stream()
                            .mapToLong(Settlement::getDeferred)
                            .sum())
                    .isEqualTo(ITEMS);
            assertThat(topics.committed(TopicNames.ALERTS))
                    .noneMatch(alert -> alert.key().startsWith("settlement/"));
            assertThat(topics.committed(TopicNames.VIOLATIONS)).isEmpty();
            assertThat(topics.committed(TopicNames.DEAD_LETTERS)).isEmpty();
            assertThat(ledger.probes().metrics().sum("foundling_out_of_step_total"))
                    .as("facts out of step")
                    .isEqualTo(workerFirst);
        }
    }

    /** Reports all batches, one after the other, and returns how many items were Completed before Deferred. */
    private int report(LocalStack stack) throws ExecutionException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try (KafkaAuditRecorder recorder = KafkaAuditRecorder.builder()
                .service("racing")
                .bootstrapServers(stack.bootstrapServers())
                .schemaRegistryUrl(stack.registryUrl())
                .build()) {
            int workerFirst = 0;
            for (int first = 0; first < ITEMS; first += BATCH) {
                BatchEvents batch = new BatchEvents("batch-" + first / BATCH);
                workerFirst += report(recorder, workers, batch, Math.min(BATCH, ITEMS - first));
            }
            assertThat(recorder.flush(LONG)).isTrue();
            return workerFirst;
        } finally {
            workers.shutdownNow();
        }
    }

    private int report(AuditRecorder recorder, ExecutorService workers, BatchEvents batch, int members)
            throws ExecutionException, InterruptedException {
        recorder.opened(batch.batch());
        Instant began = now();
        List<Instant> deferred = new ArrayList<>();
        List<Future<Instant>> completed = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            Subject item = Events.subject(batch.member(member));
            completed.add(workers.submit(() -> {
                Instant at = now();
                recorder.on(item).parent(batch.batch()).occurredAt(at).completed();
                return at;
            }));
            LockSupport.parkNanos(random.nextInt(MAX_PAUSE_NANOS));
            Instant at = now();
            recorder.on(item).parent(batch.batch()).occurredAt(at).deferred();
            deferred.add(at);
        }
        int workerFirst = 0;
        for (int member = 0; member < members; member++) {
            workerFirst += completed.get(member).get().isBefore(deferred.get(member)) ? 1 : 0;
        }
        Instant ended = now();
        recorder.pending(batch.batch(), new Pending(began, ended, 0L, null, null, null, null, (long) members));
        recorder.completed(batch.batch());
        return workerFirst;
    }

    /** Events carry milliseconds, and a Deferred of the same millisecond comes before the Completed. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void assertComplete(Settlement settlement) {
        assertThat(settlement.getReturned())
                .isEqualTo(Map.of("COMPLETED", settlement.getExpected()))
                .isEqualTo(Map.of("COMPLETED", settlement.getDeferred()));
        assertThat(settlement.getAttempt()).isEqualTo(1);
        assertThat(settlement.getOrphaned()).isZero();
        assertThat(settlement.getMoved()).isZero();
        assertThat(settlement.getMissing()).isEmpty();
    }

    /** Returns the latest value of each key of a topic. */
    private static <T extends SpecificRecord> Map<String, T> latest(LocalStack stack, String topic, Class<T> type) {
        Map<String, T> latest = new HashMap<>();
        try (Deserializer<T> deserializer =
                AvroSerdes.deserializer(Map.of("schema.registry.url", stack.registryUrl()), type)) {
            new TopicReader(stack.bootstrapServers())
                    .committed(topic)
                    .forEach(record -> latest.put(record.key(), deserializer.deserialize(topic, record.value())));
        }
        return latest;
    }
}
