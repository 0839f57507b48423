package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalStack;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.ForeignReader;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fact does that is read after its deadline, and that anybody can read what the ledger makes of it. */
class LateFactsIT {

    private static final Duration LATE_ARRIVAL_GRACE = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static LiveLedger ledger;
    private static EventFeed feed;
    private static Output<Disposition> dispositions;
    private static Output<OrphanWarning> orphans;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        ledger = stack.closeFirst(LiveLedger.start(stack, directory, """
                        allowedLag: 1s
                        lateArrivalGrace: %ds
                        maxLateHold: 1m
                        """.formatted(LATE_ARRIVAL_GRACE.toSeconds()))
                .awaitReady());
        feed = stack.closeFirst(EventFeed.into(stack));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldWithdrawTheWarningWhenACompletedThatHappenedInTimeIsReadLate() {
        // Given
        String key = Events.key("spooled");
        feed.send(TopicNames.EVENTS, Events.deferred("spooled", now, now.plusSeconds(2)));
        OrphanWarning warning = orphans.awaitLast(key, found -> true);

        // When
        feed.send(TopicNames.EVENTS, Events.completed("spooled", now.plusSeconds(1)));

        // Then
        orphans.await(key, records -> records.size() == 2);
        List<ConsumerRecord<byte[], byte[]>> records = orphans.recordsOf(key);
        assertThat(warning.getStartsAt()).isEqualTo(now.plusSeconds(2));
        assertThat(warning.getRule()).isEqualTo("dueAt");
        shouldSay(records.get(0), "ORPHANED");
        shouldSay(records.get(1), "WITHDRAWAL");
        assertThat(records.get(1).value()).isNull();
        Disposition disposition = dispositions.awaitLast(key, found -> found.getStatus() == Status.COMPLETED);
        assertThat(disposition.getMarks()).isEmpty();
        assertThat(ledger.probes().metrics().sum("foundling_withdrawals_total")).isEqualTo(1);
    }

    @Test
    void shouldTellTheRecoveryWhenItCompletedAfterItsDeadline() {
        // Given
        String key = Events.key("slow");
        Instant dueAt = now.plusSeconds(2);
        feed.send(TopicNames.EVENTS, Events.deferred("slow", now, dueAt));
        orphans.awaitLast(key, found -> true);

        // When
        feed.send(TopicNames.EVENTS, Events.completed("slow", dueAt.plusMillis(1)));

        // Then
        orphans.await(key, records -> records.size() == 2);
        List<ConsumerRecord<byte[], byte[]>> records = orphans.recordsOf(key);
        shouldSay(records.get(0), "ORPHANED");
        shouldSay(records.get(1), "RECOVERY");
        assertThat(records.get(1).value()).isNull();
        Disposition disposition = dispositions.awaitLast(key, found -> found.getStatus() == Status.COMPLETED);
        assertThat(disposition.getMarks())
                .singleElement()
                .satisfies(mark -> assertThat(mark.getRecoveredAt()).isEqualTo(dueAt.plusMillis(1)));
        assertThat(ledger.probes().metrics().sum("foundling_recoveries_total")).isEqualTo(1);
    }

    @Test
    void shouldHoldTheWarningsOfASourceThatReplaysUntilNothingCameForAWhile() {
        // Given
        Instant before = now.minus(Duration.ofMinutes(5));
        Instant due = before.plusSeconds(60);

        // When
        feed.send(TopicNames.EVENTS, replayed(Events.deferred("backlogKept", before, due)));
        long appendedMs = feed.send(TopicNames.EVENTS, replayed(Events.deferred("backlogLost", before, due)))
                .timestamp();
        feed.send(TopicNames.EVENTS, replayed(Events.completed("backlogKept", due.minusSeconds(1))));
        feed.send(TopicNames.EVENTS, Events.deferred("fresh", now, now));

        // Then
        OrphanWarning fresh = orphans.awaitLast(Events.key("fresh"), found -> true);
        OrphanWarning lost = orphans.awaitLast(SubjectKey.of(replayed("backlogLost")), found -> true);
        assertThat(lost.getDetectedAt())
                .isAfterOrEqualTo(Instant.ofEpochMilli(appendedMs).plus(LATE_ARRIVAL_GRACE));
        assertThat(fresh.getDetectedAt()).isBefore(lost.getDetectedAt());
        assertThat(lost.getStartsAt()).isEqualTo(due);
        assertThat(orphans.of(SubjectKey.of(replayed("backlogKept")))).isEmpty();
    }

    private static Subject replayed(String id) {
        return new Subject(SubjectKind.RECORD, "replay", Events.STAGE, id);
    }

    private static AuditEvent replayed(AuditEvent event) {
        return AuditEvent.newBuilder(event)
                .setSubject(replayed(event.getSubject().getId()))
                .build();
    }

    @Test
    void shouldBeReadableByAConsumerThatIsNotOurs() {
        // Given
        AuditEvent tooEarly = Events.deferred("early", Instant.EPOCH);
        AuditEvent lost = Events.event("readable", now, new Deferred(now.plusSeconds(1), "the night"))
                .setDetail("2026-11-20")
                .setMetadata(Map.of("table", "t_1"))
                .build();

        // When
        feed.send(TopicNames.EVENTS, tooEarly);
        feed.send(TopicNames.EVENTS, lost);

        // Then
        ForeignReader reader = new ForeignReader(stack.bootstrapServers(), stack.registryUrl());
        GenericRecord orphan = last(reader, TopicNames.ORPHANS, Events.key("readable"));
        GenericRecord disposition = last(reader, TopicNames.DISPOSITIONS, Events.key("readable"));
        GenericRecord violation = last(reader, TopicNames.VIOLATIONS, Events.key("early"));
        assertThat(orphan.getSchema().getFullName()).isEqualTo("io.foundling.audit.OrphanWarning");
        assertThat(orphan.get("status")).hasToString("DEFERRED");
        assertThat(orphan.get("reason")).hasToString("DEADLINE_PASSED");
        assertThat(orphan.get("startsAt")).isEqualTo(now.plusSeconds(1).toEpochMilli());
        assertThat(orphan.get("waitingOn")).hasToString("the night");
        assertThat(disposition.getSchema().getFullName()).isEqualTo("io.foundling.audit.Disposition");
        assertThat(((GenericRecord) disposition.get("subject")).get("id")).hasToString("readable");
        assertThat(disposition.get("enteredAt")).isEqualTo(now.toEpochMilli());
        assertThat(disposition.get("detail")).hasToString("2026-11-20");
        assertThat(disposition.get("metadata")).hasToString("{table=t_1}");
        assertThat((List<?>) disposition.get("marks")).hasSize(1);
        assertThat(violation.getSchema().getFullName()).isEqualTo("io.foundling.audit.Violation");
        assertThat(violation.get("type")).hasToString("INVALID_TIMESTAMP");
        assertThat(violation.get("eventId")).hasToString(tooEarly.getEventId().toString());
        assertThat(violation.get("topic")).hasToString(TopicNames.EVENTS);
    }

    private static GenericRecord last(ForeignReader reader, String topic, String key) {
        List<GenericRecord> values = await(topic)
                .atMost(LiveLedger.PATIENCE)
                .until(() -> reader.values(topic, key), found -> !found.isEmpty() && isWarned(topic, found));
        return values.get(values.size() - 1);
    }

    /** The disposition is published before its warning is emitted, and again with it. */
    private static boolean isWarned(String topic, List<GenericRecord> found) {
        return !topic.equals(TopicNames.DISPOSITIONS)
                || !((List<?>) found.get(found.size() - 1).get("marks")).isEmpty();
    }

    private static void shouldSay(ConsumerRecord<byte[], byte[]> record, String change) {
        assertThat(Output.header(record, Headers.CHANGE)).isEqualTo(change);
        assertThat(Output.header(record, Headers.ATTEMPT)).isEqualTo("1");
        assertThat(Output.header(record, Headers.STATUS)).isEqualTo("DEFERRED");
    }
}
