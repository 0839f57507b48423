package io.foundling.service.it.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches close and are opened again. Members are deferred into them while their reopenings are still on their way
 * through {@code audit.closures}: a transaction that is left open there holds up every reader. Proves rule P18 on a
 * real broker. Prints how many members were warned of meanwhile.
 */
class ReopenedBatchIT {

    private static final int PARTITIONS = 6;
    private static final int BATCHES = 10;
    private static final int MEMBERS = 20;
    private static final int SETTLE_GRACE_MS = 1_000;

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ServiceProcess service;
    private static EventFeed feed;
    private static Output<OrphanWarning> orphans;
    private static Output<Settlement> settlements;

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        service = ServiceProcess.ready(stack, directory, "reopening", """
            application: reopened
            allowedLag: 1s
            settleGrace: %dms
            """.formatted(SETTLE_GRACE_MS));
        feed = stack.closeFirst(EventFeed.into(stack));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
        settlements = stack.closeFirst(new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWarnOfNoMemberThatBeganBeforeTheReopeningWasRead(boolean killed) {
        // Given
        String run = killed ? "killed" : "running";
        List<BatchEvents> batches = IntStream.range(0, BATCHES)
                .mapToObj(batch -> new BatchEvents(run + batch))
                .toList();
        BatchEvents closedForGood = new BatchEvents(run + "-for-good");
        batches.forEach(ReopenedBatchIT::runOnce);
        runOnce(closedForGood);
        batches.forEach(batch -> assertComplete(batch, 1));
        assertComplete(closedForGood, 1);
        if (killed) {
            service.kill();
        }

        // When
        EventFeed open = closuresHeldUp(run);
        Instant now = now();
        batches.forEach(batch -> begin(batch, 2, now));
        enqueue(closedForGood.deferred(MEMBERS + 1, now));
        List<String> due = subjectsDueAt(now.plusMillis(2L * SETTLE_GRACE_MS), run);
        if (killed) {
            service.start().awaitReady();
        }
        await("the clocks of all partitions have passed the limits of the members")
                .atMost(LiveLedger.PATIENCE)
                .until(() -> changes().toList().containsAll(due));
        String lost = closedForGood.memberKey(MEMBERS + 1) + " ORPHANED";
        long warnedMeanwhile = changesOfMembers(run).stream()
                .filter(change -> !change.equals(lost))
                .count();
        open.producer().abortTransaction();
        open.close();
        batches.forEach(batch -> end(batch, 2));

        // Then
        batches.forEach(batch -> assertComplete(batch, 2));
        assertThat(orphans.awaitLast(closedForGood.memberKey(MEMBERS + 1), found -> true)
                        .getReason())
                .isEqualTo(OrphanReason.PARENT_CLOSED);
        batches.forEach(batch -> assertComplete(batch, 1));
        assertComplete(closedForGood, 1);
        System.out.printf(
                "%s: %d of %d members warned of before their reopenings were read%n",
                run, warnedMeanwhile, BATCHES * MEMBERS);
        assertThat(changesOfMembers(run)).containsExactly(lost);
        assertThat(new TopicReader(stack.bootstrapServers()).committed(TopicNames.ALERTS))
                .extracting(ConsumerRecord::key)
                .noneMatch(key -> key.startsWith("settlement/"));
    }

    /** Leaves a transaction open in every partition of the closures. Nobody reads what is behind it until it ends. */
    private static EventFeed closuresHeldUp(String run) {
        EventFeed open = EventFeed.transactional(stack, "open-" + run);
        open.producer().beginTransaction();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            open.send(new ProducerRecord<>(TopicNames.CLOSURES, partition, new byte[0], new byte[0]));
        }
        return open;
    }

    private static void runOnce(BatchEvents batch) {
        begin(batch, 1, now());
        end(batch, 1);
    }

    private static void begin(BatchEvents batch, int attempt, Instant at) {
        enqueue(batch.opened(at));
        members(attempt).forEach(member -> enqueue(batch.deferred(member, at)));
        feed.producer().flush();
    }

    private static void end(BatchEvents batch, int attempt) {
        Instant at = now();
        members(attempt).forEach(member -> enqueue(batch.returned(member, at)));
        enqueue(batch.closed(at));
        feed.producer().flush();
    }

    /** Each attempt of a batch has members of its own. */
    private static IntStream members(int attempt) {
        return IntStream.rangeClosed((attempt - 1) * MEMBERS + 1, attempt * MEMBERS);
    }

    /** Defers a subject without a parent in every partition, and returns the changes that say they are orphans. */
    private static List<String> subjectsDueAt(Instant dueAt, String run) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> Events.idIn(partition, PARTITIONS, run + "-due-"))
                .peek(id -> feed.send(TopicNames.EVENTS, Events.deferred(id, now(), dueAt)))
                .map(id -> Events.key(id) + " ORPHANED")
                .toList();
    }

    private static void enqueue(AuditEvent event) {
        feed.enqueue(feed.record(TopicNames.EVENTS, event));
    }

    private static void assertComplete(BatchEvents batch, int attempt) {
        Settlement settled = settlements.awaitLast(batch.settlementKey(attempt), found -> true);
        assertThat(settled.getReturned()).isEqualTo(Map.of("COMPLETED", (long) MEMBERS));
        assertThat(settled.getDeferred()).isEqualTo(MEMBERS);
        assertThat(settled.getMoved()).isZero();
        assertThat(settled.getMissing()).isEmpty();
    }

    /** Returns each change of the warnings of this run whose subjects are members, as key and kind. */
    private static List<String> changesOfMembers(String run) {
        return changes()
                .filter(change -> change.startsWith(Events.key(run)) && !change.contains("-due-"))
                .toList();
    }

    private static Stream<String> changes() {
        return orphans.records().stream()
                .map(record ->
                        new String(record.key(), StandardCharsets.UTF_8) + ' ' + Output.header(record, Headers.CHANGE));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
