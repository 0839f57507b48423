package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit clock on a real broker: what hides, deletes or delays records makes nothing an orphan. */
class BrokerFaultsIT {

    private static final int PARTITIONS = 2;
    private static final int PARTITION = 0;
    private static final String TASK = "0_" + PARTITION;
    private static final String SIBLING = "audit.sibling";
    private static final String SETTINGS = "{allowedLag: 1s, sources: [%s, %s]}".formatted(TopicNames.EVENTS, SIBLING);
    private static final String IMPATIENT =
            "{allowedLag: 1s, sources: [%s, %s], threads: 2, kafka: {producer.max.block.ms: 2000}}"
                    .formatted(TopicNames.EVENTS, SIBLING);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static EventFeed feed;
    private static Output<Disposition> dispositions;
    private static Output<OrphanWarning> orphans;

    private final Instant now = Instant.now();
    private final String run = Long.toString(now.toEpochMilli(), 36);
    private LiveLedger ledger;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS, SIBLING);
        feed = stack.closeFirst(EventFeed.into(stack));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void startLedger() {
        ledger = LiveLedger.start(stack, directory, SETTINGS).awaitReady();
    }

    @AfterEach
    void stopLedger() {
        ledger.close();
    }

    @Test
    void shouldTellAnOrphanWhereEverythingElseIsQuiet() {
        // Given: neither the other partition nor the sibling need ever have had an event
        String lost = idHere("quiet");

        // When
        feed.send(TopicNames.EVENTS, Events.deferred(lost, now, now.plusSeconds(1)));

        // Then
        OrphanWarning warning = orphans.awaitLast(Events.key(lost), found -> true);
        assertThat(warning.getDetectedAt()).isAfter(now.plusSeconds(2));
    }

    @Test
    void shouldCountWhatWasDeletedUnreadAndGoOnWhereAPartitionWasEmptied() throws Exception {
        // Given
        String read = idHere("read");
        feed.send(TopicNames.EVENTS, Events.deferred(read, now, now.plusSeconds(3_600)));
        feed.send(SIBLING, Events.completed(idHere("siblingRead"), now));
        status(read, Status.DEFERRED);
        status(idHere("siblingRead"), Status.COMPLETED);
        ledger.close();
        for (int i = 0; i < 5; i++) {
            feed.send(TopicNames.EVENTS, Events.completed(idHere("unread" + i), now));
        }

        // When
        empty(TopicNames.EVENTS, SIBLING);
        ledger = LiveLedger.start(stack, directory, SETTINGS).awaitReady();

        // Then
        await().atMost(LiveLedger.PATIENCE).until(() -> gap(TopicNames.EVENTS) >= 5);
        assertThat(gap(TopicNames.EVENTS)).isEqualTo(5);
        assertThat(gap(SIBLING)).isZero();
        String lost = idHere("afterGap");
        feed.send(TopicNames.EVENTS, Events.deferred(lost, Instant.now(), Instant.now()));
        orphans.awaitLast(Events.key(lost), found -> true);
        feed.send(TopicNames.EVENTS, Events.completed(read, Instant.now()));
        status(read, Status.COMPLETED);
        assertThat(ledger.probes().failedThreads()).isZero();
    }

    @Test
    void shouldStandStillWhileATransactionOfASiblingTopicHidesAnEvent() {
        hang(SIBLING, Duration.ofSeconds(6), true);
    }

    @Test
    void shouldGoOnWhenAHangingTransactionIsAborted() {
        hang(TopicNames.EVENTS, Duration.ofSeconds(6), false);
    }

    @Test
    @Tag("full")
    void shouldNotBeReadyWhileATransactionHangs() {
        hang(TopicNames.EVENTS, Duration.ofSeconds(40), true);
    }

    @Test
    void shouldLoseAndInventNothingWhenTheBrokerIsAwayForAWhile() {
        outage(Duration.ofSeconds(15));
    }

    @Test
    @Tag("full")
    void shouldLoseAndInventNothingWhenTheBrokerIsAwayForAMinute() {
        outage(Duration.ofSeconds(65));
    }

    /** The commit of a transaction times out, and so does each call after it. */
    @Test
    void shouldGoOnWhenTheBrokerIsAwayForLongerThanItsClientsWait() {
        ledger.close();
        ledger = LiveLedger.start(stack, directory, IMPATIENT).awaitReady();
        outage(Duration.ofSeconds(30));
    }

    @Test
    @Tag("full")
    void shouldLoseAndInventNothingWhenTheBrokerIsAwayForFiveMinutes() {
        outage(Duration.ofMinutes(5));
    }

    private void hang(String topic, Duration length, boolean commits) {
        // Given
        String hidden = idHere("hidden");
        String kept = idHere("kept");
        try (EventFeed upstream = EventFeed.transactional(stack, "upstream-" + topic + length + commits)) {
            upstream.producer().beginTransaction();
            upstream.send(topic, Events.deferred(hidden, now, now.plusSeconds(3_600)));

            // When
            Instant due = Instant.now().plusSeconds(1);
            feed.send(TopicNames.EVENTS, Events.deferred(kept, now, due));
            feed.send(topic, Events.completed(kept, due.minusMillis(1)));

            // Then
            await("no orphan")
                    .during(length)
                    .atMost(length.plusSeconds(30))
                    .until(() -> orphans.of(Events.key(kept)).isEmpty());
            assertThat(lagSeconds()).isGreaterThanOrEqualTo(length.toSeconds() - 1);
            assertThat(ledger.probes().isAlive()).isTrue();
            if (length.toSeconds() > 35) {
                assertThat(ledger.probes().notReady()).contains("audit clock of task " + TASK, "an open transaction");
            }
            if (commits) {
                upstream.producer().commitTransaction();
            } else {
                upstream.producer().abortTransaction();
            }
        }
        status(kept, Status.COMPLETED);
        await().atMost(LiveLedger.PATIENCE).until(() -> lagSeconds() < 4);
        ledger.awaitReady();
        assertThat(orphans.of(Events.key(kept))).isEmpty();
        if (commits) {
            status(hidden, Status.DEFERRED);
        } else {
            assertThat(dispositions.of(Events.key(hidden))).isEmpty();
        }
    }

    private void outage(Duration length) {
        // Given: deadlines during the outage, and their completions appended just before it
        Instant begin = Instant.now();
        Instant due = begin.plusSeconds(3);
        List<String> kept = ids("kept", 300);
        String lost = idHere("lost");
        kept.forEach(id -> feed.enqueue(feed.record(TopicNames.EVENTS, Events.deferred(id, begin, due))));
        feed.enqueue(feed.record(TopicNames.EVENTS, Events.deferred(lost, begin, due)));
        kept.forEach(id -> feed.enqueue(feed.record(TopicNames.EVENTS, Events.completed(id, begin.plusMillis(1)))));
        feed.producer().flush();

        // When
        stack.broker().stop();
        List<String> during = ids("during", 50);
        // On a thread of its own: a producer that has lost its last broker forgets the topics, and send() waits.
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> during.forEach(
                id -> feed.enqueue(feed.record(TopicNames.EVENTS, Events.completed(id, Instant.now())))));
        await("alive without a broker")
                .during(length)
                .atMost(length.plusSeconds(10))
                .until(() -> ledger.probes().isAlive());
        if (length.toSeconds() > 35) {
            assertThat(ledger.probes().notReady()).contains("audit clock of task");
        }
        stack.broker().start();

        // Then
        ledger.awaitReady();
        orphans.awaitLast(Events.key(lost), found -> true);
        assertThat(sending).succeedsWithin(LiveLedger.PATIENCE);
        await("nothing lost")
                .atMost(LiveLedger.PATIENCE)
                .until(this::completed, found -> found.containsAll(kept) && found.containsAll(during));
        assertThat(warned()).contains(lost).doesNotContainAnyElementsOf(kept);
        assertThat(orphans.of(Events.key(lost))).hasSize(1);
        Map<String, List<Status>> shown = statuses();
        assertThat(kept).allSatisfy(id -> assertThat(shown.get(id)).containsExactly(Status.DEFERRED, Status.COMPLETED));
        assertThat(during).allSatisfy(id -> assertThat(shown.get(id)).containsExactly(Status.COMPLETED));
    }

    private String idHere(String prefix) {
        return Events.idIn(PARTITION, PARTITIONS, run + prefix);
    }

    private List<String> ids(String prefix, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(run + prefix + i);
        }
        return ids;
    }

    /** The ids of all subjects that have ever been called orphans. */
    private Set<String> warned() {
        return orphans.records().stream()
                .flatMap(record -> orphans.value(record).stream())
                .map(found -> found.getSubject().getId())
                .collect(Collectors.toSet());
    }

    /** The ids of all subjects that have ever been shown as completed. */
    private Set<String> completed() {
        return statuses().entrySet().stream()
                .filter(shown -> shown.getValue().contains(Status.COMPLETED))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What has ever been shown, by id: each event shows its subject once. */
    private Map<String, List<Status>> statuses() {
        return dispositions.records().stream()
                .flatMap(record -> dispositions.value(record).stream())
                .collect(Collectors.groupingBy(
                        found -> found.getSubject().getId(),
                        Collectors.mapping(Disposition::getStatus, Collectors.toList())));
    }

    private static void status(String id, Status status) {
        dispositions.awaitLast(Events.key(id), found -> found.getStatus() == status);
    }

    private long lagSeconds() {
        return ledger.probes().metrics().sum("foundling_audit_clock_lag_seconds", Map.of("task", TASK));
    }

    private long gap(String topic) {
        return ledger.probes().metrics().sum("foundling_gap_offsets_total", Map.of("topic", topic));
    }

    /** What retention does, at once. */
    private static void empty(String... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            for (String topic : topics) {
                admin.deleteRecords(Map.of(new TopicPartition(topic, PARTITION), RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
            }
        }
    }
}
