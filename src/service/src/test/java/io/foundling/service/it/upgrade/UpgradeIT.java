package io.foundling.service.it.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Deferred;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This version goes on with the state, the topics and the offsets of earlier ones, which were recorded while each of them
 * read {@link EarlierEvents}. The parts of the test follow each other in time.
 */
class UpgradeIT {

    /** Nothing of the recording is too old to be remembered. */
    private static final String SETTINGS = """
            allowedLag: 1s
            settleGrace: 1s
            lateArrivalGrace: 1s
            maxLateHold: 1s
            retention: {completed: 36500d, unsuccessful: 36500d, memory: 36500d}
            settlement: {memory: 36500d, retention: 36500d}
            alerts: {memory: 36500d, quiet: 36500d}
            """;

    @TempDir
    private Path directory;

    private LocalStack stack;
    private ServiceProcess service;
    private EventFeed feed;
    private WrittenSince written;

    private void load(int version) throws Exception {
        stack = LocalStack.startTemporary();
        try (InputStream file = UpgradeIT.class.getResourceAsStream("/upgrade/stored-in-version-" + version + ".gz")) {
            RecordedCluster recorded = RecordedCluster.read(file);
            assertThat(recorded.versionsOfSubjects()).containsExactly(version);
            new ClusterLoader(stack).load(recorded);
            LiveLedger.createTopics(stack, recorded.topic(TopicNames.EVENTS).partitions(), TopicNames.EVENTS);
        }
        Path config = Files.writeString(directory.resolve("foundling.yaml"), SETTINGS);
        service = stack.closeFirst(ServiceProcess.of(stack, directory, "later", config, Map.of()));
        feed = stack.closeFirst(EventFeed.into(stack));
        written = new WrittenSince(stack);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldGoOnWithWhatTheVersionBeforeLeft() throws Exception {
        upgrade(4);
    }

    @Test
    @Tag("full")
    void shouldGoOnWithWhatTheSecondVersionLeft() throws Exception {
        upgrade(2);
    }

    /** @param version of the stored subjects */
    private void upgrade(int version) throws Exception {
        load(version);
        emitsOnlyWhatIsDueSince();
        appliesWhatIsReportedNow();
        changesNothingWhenAllIsReadAgain(version);
        restoresWhatItHasStored();
    }

    private void emitsOnlyWhatIsDueSince() {
        // Given
        written.begin();

        // When
        service.start().awaitReady();

        // Then
        List<String> due = new ArrayList<>();
        for (String fate : List.of("later", "extended", "unread")) {
            EarlierEvents.ids(fate).forEach(id -> due.add("ORPHANED 1 DEFERRED " + Events.key(id)));
        }
        EarlierEvents.ids("retried").forEach(id -> due.add("ORPHANED 2 DEFERRED " + Events.key(id)));
        missing(EarlierEvents.CLOSING).forEach(key -> due.add("ORPHANED 1 DEFERRED " + key));
        written.awaitWarnings(due);
        assertThat(written.keys(TopicNames.SETTLEMENTS)).containsExactly(EarlierEvents.CLOSING.settlementKey(1));
        assertThat(written.keys(TopicNames.VIOLATIONS)).isEmpty();
        assertThat(written.keys(TopicNames.DEAD_LETTERS)).isEmpty();
        assertSettled(EarlierEvents.CLOSING, EarlierEvents.RETURNED, missing(EarlierEvents.CLOSING));
    }

    private void appliesWhatIsReportedNow() {
        // Given
        written.begin();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        // When
        for (String fate : List.of("warned", "waiting", "later", "extended", "retried", "unread")) {
            EarlierEvents.ids(fate).forEach(id -> feed.send(TopicNames.EVENTS, Events.completed(id, now)));
        }
        for (String id : EarlierEvents.ids("superseded")) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                feed.send(
                        TopicNames.EVENTS,
                        Events.event(id, now, Events.completed(id, now).getBody())
                                .setAttempt(attempt)
                                .build());
            }
        }
        feed.send(
                TopicNames.EVENTS,
                Events.event("collapsed", now, new Deferred(now, null))
                        .setAttempt(EarlierEvents.MANY + 1)
                        .build());
        feed.send(TopicNames.EVENTS, EarlierEvents.SETTLED.returned(EarlierEvents.MEMBERS, now));
        feed.send(TopicNames.EVENTS, EarlierEvents.OPEN.closed(now));

        // Then
        List<String> changes = new ArrayList<>();
        for (String fate : List.of("warned", "later", "extended", "unread")) {
            EarlierEvents.ids(fate).forEach(id -> changes.add("RECOVERY 1 DEFERRED " + Events.key(id)));
        }
        EarlierEvents.ids("retried").forEach(id -> changes.add("RECOVERY 2 DEFERRED " + Events.key(id)));
        changes.add("RECOVERY 1 DEFERRED " + EarlierEvents.SETTLED.memberKey(EarlierEvents.MEMBERS));
        changes.add("ORPHANED " + (EarlierEvents.MANY + 1) + " DEFERRED " + Events.key("collapsed"));
        missing(EarlierEvents.OPEN).forEach(key -> changes.add("ORPHANED 1 DEFERRED " + key));
        written.awaitWarnings(changes);
        assertThat(written.keys(TopicNames.VIOLATIONS)).isEmpty();
        assertThat(written.keys(TopicNames.DEAD_LETTERS)).isEmpty();
        assertThat(written.keys(TopicNames.SETTLEMENTS))
                .containsExactlyInAnyOrder(EarlierEvents.SETTLED.settlementKey(1), EarlierEvents.OPEN.settlementKey(1));
        assertSettled(EarlierEvents.SETTLED, EarlierEvents.MEMBERS, List.of());
        assertSettled(EarlierEvents.OPEN, EarlierEvents.RETURNED, missing(EarlierEvents.OPEN));
        assertSuperseded(AlertStatus.RESOLVED);
    }

    /**
     * Only dead letters and violations are written again, because they are reported each time they are read. Extensions
     * that a version before 3 dropped count now. No warning depends on them.
     */
    private void changesNothingWhenAllIsReadAgain(int version) {
        // Given
        written.begin();

        // When
        written.all(TopicNames.EVENTS).stream()
                .map(found -> new ProducerRecord<>(found.topic(), found.partition(), found.key(), found.value()))
                .forEach(feed::send);

        // Then
        await("dead letters")
                .atMost(LiveLedger.PATIENCE)
                .until(() -> written.keys(TopicNames.DEAD_LETTERS).size() >= 3);
        written.awaitWarnings(List.of());
        assertThat(written.keys(TopicNames.SETTLEMENTS)).isEmpty();
        assertThat(written.keys(TopicNames.DEAD_LETTERS)).hasSize(3);
        assertThat(Set.copyOf(written.keys(TopicNames.DISPOSITIONS)))
                .isEqualTo(version < 3 ? Set.of(Events.key("lengthened")) : Set.of());
        assertThat(written.keys(TopicNames.VIOLATIONS)).containsOnly(Events.key("collapsed"), Events.key(""));
    }

    private void restoresWhatItHasStored() {
        // Given
        assertThat(service.metrics().sum("foundling_expiry_failures_total")).isZero();
        service.terminate();
        service.deleteState();
        written.begin();

        // When
        service.start().awaitReady();

        // Then
        written.awaitWarnings(List.of());
        assertThat(written.keys(TopicNames.SETTLEMENTS)).isEmpty();
        assertThat(written.keys(TopicNames.DISPOSITIONS)).isEmpty();
        assertThat(service.metrics().sum("foundling_orphans")).isEqualTo(orphans());
        assertThat(service.metrics().sum("foundling_expiry_failures_total")).isZero();
        assertThat(service.log()).doesNotContain("\tat ", "Exception in thread");
    }

    private static List<String> missing(BatchEvents batch) {
        return IntStream.rangeClosed(EarlierEvents.RETURNED + 1, EarlierEvents.MEMBERS)
                .mapToObj(batch::memberKey)
                .toList();
    }

    private void assertSettled(BatchEvents batch, long returned, List<String> missing) {
        try (Output<Settlement> settlements = new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class)) {
            Settlement found = settlements.awaitLast(batch.settlementKey(1), last -> true);
            assertThat(found.getDeferred()).isEqualTo(EarlierEvents.MEMBERS);
            assertThat(found.getExpected()).isEqualTo(EarlierEvents.MEMBERS);
            assertThat(found.getReturned()).isEqualTo(Map.of("COMPLETED", returned));
            assertThat(found.getMissing()).isEqualTo(missing);
        }
    }

    private void assertSuperseded(AlertStatus status) {
        try (Output<Alert> alerts = new Output<>(stack, TopicNames.ALERTS, Alert.class)) {
            alerts.awaitLast("superseded/university/declaration", last -> last.getStatus() == status);
        }
    }

    /** Returns how many keys the table of warnings has. */
    private long orphans() {
        try (Output<OrphanWarning> orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
            return Stream.of(written.all(TopicNames.ORPHANS))
                    .flatMap(List::stream)
                    .map(found -> new String(found.key(), StandardCharsets.UTF_8))
                    .distinct()
                    .filter(key -> orphans.of(key).stream()
                            .reduce((first, last) -> last)
                            .orElseThrow()
                            .isPresent())
                    .count();
        }
    }
}
