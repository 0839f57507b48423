package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Closure;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.tail.Tail;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the command tail shows of records on a real broker; every test has topics or keys of its own. */
class TailCommandIT {

    private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.006Z");

    private static final Subject BATCH = new Subject(SubjectKind.BATCH, "s", "run", "7");

    private static CommandStack stack;

    @BeforeAll
    static void startStack() {
        stack = CommandStack.withTopics();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldShowDispositionsAndTheirRemoval() throws Exception {
        // Given
        Subject subject = new Subject(SubjectKind.RECORD, "s", "t", "a b");
        Disposition disposition = Disposition.newBuilder()
                .setSubject(subject)
                .setStatus(Status.FAILED)
                .setAttempt(2)
                .setEnteredAt(WHEN)
                .setFirstOccurredAt(WHEN)
                .setLastOccurredAt(WHEN)
                .setReason("no\nmoney")
                .setMetadata(Map.of("who", "X"))
                .build();
        stack.send(TopicNames.DISPOSITIONS, subject, disposition, Map.of());
        stack.send(TopicNames.DISPOSITIONS, subject, null, Map.of());

        // When
        CommandRun text = stack.run("tail", "dispositions", "--no-follow");
        CommandRun json = stack.run("tail", "dispositions", "--no-follow", "--from-beginning", "--json");

        // Then
        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.OK);
        assertThat(text.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .containsPattern("FAILED +2 +record/s/t/a%20b +since 2026-01-02T03:04:05.006Z +reason no money");
        assertThat(text.out().lines().skip(1)).first().asString().contains("removed", "record/s/t/a%20b");
        List<JsonNode> records = parsed(json);
        assertThat(records.get(0).at("/key").asText()).isEqualTo("record/s/t/a%20b");
        assertThat(records.get(0).at("/value/status").asText()).isEqualTo("FAILED");
        assertThat(records.get(0).at("/value/enteredAt").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
        assertThat(records.get(0).at("/value/parent").isNull()).isTrue();
        assertThat(records.get(0).at("/value/metadata/who").asText()).isEqualTo("X");
        assertThat(records.get(1).at("/tombstone").asBoolean()).isTrue();
        assertThat(records.get(1).at("/value").isNull()).isTrue();
    }

    @Test
    void shouldShowOrphansAndWhyTheyWereResolved() throws Exception {
        // Given
        Subject subject = new Subject(SubjectKind.RECORD, "s", "t", "o");
        stack.send(TopicNames.ORPHANS, subject, warning(subject).build(), Map.of());
        stack.send(TopicNames.ORPHANS, subject, null, Map.of("outcome", "RECOVERY", "status", "PENDING"));

        // When
        CommandRun text = stack.run("tail", "orphans", "--no-follow");

        // Then
        assertThat(text.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .contains(
                        "ORPHAN", "PENDING since 2026-01-02T03:04:05.006Z", "due 2026-01-02T03:05:05.006Z (policy:p)");
        assertThat(text.out())
                .containsPattern("resolved .* outcome=RECOVERY")
                .containsPattern("resolved .* status=PENDING");
    }

    private static OrphanWarning.Builder warning(Subject subject) {
        return OrphanWarning.newBuilder()
                .setSubject(subject)
                .setAttempt(1)
                .setStatus(Status.PENDING)
                .setReason(OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(WHEN)
                .setStartsAt(WHEN.plusSeconds(60))
                .setGrace(0)
                .setRule("policy:p")
                .setDetectedAt(WHEN.plusSeconds(61));
    }

    @Test
    void shouldShowForHowLongAWarningHasBeenActiveWhenItIsAReminder() throws Exception {
        // Given
        Subject subject = new Subject(SubjectKind.RECORD, "s", "t", "reminded");
        OrphanWarning reminder = warning(subject).setActiveFor(3_600_123L).build();
        stack.send(TopicNames.ORPHANS, subject, reminder, Map.of("foundling.change", "REMINDER"));

        // When
        CommandRun text = stack.run("tail", "orphans", "--no-follow");

        // Then
        assertThat(text.out()).containsPattern("REMINDER +1 +record/s/t/reminded .*  active for PT1H");
    }

    @Test
    void shouldShowSettlementsWithTheKeysOfWhoIsMissing() throws Exception {
        // Given
        Settlement.Builder settlement = Settlement.newBuilder()
                .setParent(BATCH)
                .setAttempt(2)
                .setVersion(7)
                .setClosedAt(WHEN)
                .setExpected(10L)
                .setDeferred(9)
                .setReturned(new TreeMap<>(Map.of("COMPLETED", 6L, "FAILED", 1L)))
                .setMoved(1)
                .setOrphaned(1)
                .setMissing(List.of("record/s/t/1"))
                .setUnseen(1)
                .setOutcome(Status.COMPLETED);
        stack.send(TopicNames.SETTLEMENTS, "batch/s/run/7/2", settlement.build());
        stack.send(
                TopicNames.SETTLEMENTS,
                "batch/s/run/7/2",
                settlement
                        .setExpected(null)
                        .setReturned(Map.of())
                        .setMissing(List.of())
                        .setOutcome(null)
                        .setNeverBegan(1)
                        .setUnseen(0)
                        .setUnannounced(2)
                        .setIncomplete(true)
                        .build());
        stack.send(TopicNames.SETTLEMENTS, "batch/s/run/7/2", null);

        // When
        CommandRun text = stack.run("tail", "settlements", "--no-follow");

        // Then
        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.OK);
        List<String> lines = text.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .containsPattern("SETTLED +2 +batch/s/run/7/2 +COMPLETED at 2026-01-02T03:04:05.006Z")
                .endsWith("  expected 10, deferred 9, returned 7 (COMPLETED 6, FAILED 1), moved 1, orphaned 1, unseen 1"
                        + "  missing record/s/t/1");
        assertThat(lines.get(1))
                .endsWith("  expected -, deferred 9, returned 0, moved 1, orphaned 1, never began 1, unannounced 2"
                        + "  INCOMPLETE");
        assertThat(lines.get(2)).containsPattern("taken back +- +batch/s/run/7/2");
    }

    @Test
    void shouldShowAlertsAndWhatTheyAreAbout() throws Exception {
        // Given
        Alert.Builder alert = Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(AlertStatus.FIRING)
                .setCount(2)
                .setSamples(List.of("record/s/t/1", "record/s/t/2"))
                .setLabels(Map.of("source", "s", "stage", "t"))
                .setAnnotations(Map.of("summary", "2 subjects of s/t are orphans", "completeness", "INCOMPLETE"))
                .setStartsAt(WHEN);
        stack.send(TopicNames.ALERTS, "orphaned/s/t", alert.build());
        stack.send(
                TopicNames.ALERTS,
                "orphaned/s/t",
                alert.setStatus(AlertStatus.RESOLVED)
                        .setCount(0)
                        .setSamples(List.of())
                        .setAnnotations(Map.of("summary", "No more"))
                        .setEndsAt(WHEN.plusSeconds(5))
                        .build());
        stack.send(TopicNames.ALERTS, "orphaned/s/t", null);

        // When
        CommandRun text = stack.run("tail", "alerts", "--no-follow");

        // Then
        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.OK);
        List<String> lines = text.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .containsPattern("FIRING +- +orphaned/s/t +ORPHANED count 2 since 2026-01-02T03:04:05.006Z")
                .endsWith("  2 subjects of s/t are orphans  samples record/s/t/1 record/s/t/2  INCOMPLETE");
        assertThat(lines.get(1))
                .containsPattern("RESOLVED +- +orphaned/s/t +ORPHANED count 0 since ")
                .endsWith(" until 2026-01-02T03:04:10.006Z  No more");
        assertThat(lines.get(2)).containsPattern("removed +- +orphaned/s/t");
    }

    @Test
    void shouldShowClosuresReopeningsAndNotes() throws Exception {
        // Given
        Closure.Builder closure = Closure.newBuilder()
                .setParent(BATCH)
                .setAttempt(1)
                .setVersion(3)
                .setPartitions(6);
        String key = SubjectKey.of(BATCH);
        stack.send(
                TopicNames.CLOSURES,
                key,
                closure.setOutcome(Status.COMPLETED)
                        .setClosedAt(WHEN)
                        .setExpectedMembers(4L)
                        .build());
        stack.send(
                TopicNames.CLOSURES,
                key,
                Closure.newBuilder()
                        .setParent(BATCH)
                        .setAttempt(2)
                        .setVersion(4)
                        .setPartitions(6)
                        .setPreviousClosedAt(WHEN)
                        .build());
        stack.sendBytes(TopicNames.CLOSURES, key, null, Map.of("foundling.named-by", "5"));

        // When
        CommandRun text = stack.run("tail", "closures", "--no-follow");

        // Then
        assertThat(text.out())
                .containsPattern(
                        "CLOSED +1 +batch/s/run/7 +version 3  outcome COMPLETED  closedAt 2026-01-02T03:04:05.006Z "
                                + " expectedMembers 4")
                .containsPattern("REOPENED +2 +batch/s/run/7 +version 4  previousClosedAt 2026-01-02T03:04:05.006Z")
                .containsPattern("note +- +batch/s/run/7 +foundling.named-by=5")
                .hasLineCount(3);
    }

    @Test
    void shouldShowViolationsAndWhatCannotBeRead() throws Exception {
        // Given
        Subject subject = new Subject(SubjectKind.RECORD, "s", "t", "v");
        Violation violation = new Violation(
                ViolationType.TOO_LATE,
                subject,
                0,
                "came late",
                UUID.randomUUID(),
                WHEN,
                "audit.events",
                3,
                7L,
                "svc",
                "i1");
        stack.send(TopicNames.VIOLATIONS, subject, violation, Map.of());
        stack.sendBytes(TopicNames.VIOLATIONS, "k", new byte[] {1, 2, 3}, Map.of());
        stack.sendBytes(TopicNames.VIOLATIONS, "k", new byte[] {0, 0, 0, 0x7f, 1, 3}, Map.of());

        // When
        CommandRun text = stack.run("tail", "violations", "--no-follow");

        // Then
        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.OK);
        assertThat(text.out().lines()).hasSize(3);
        assertThat(text.out())
                .containsPattern("TOO_LATE .* came late {2}\\(i1 of svc, audit.events-3@7\\)")
                .contains("unreadable", "does not begin with a zero byte and a schema id: 010203")
                .contains("names schema id 32513, which the registry denies");
    }

    @Test
    void shouldShowWhyAndWhereFromARecordBecameADeadLetter() throws Exception {
        // Given
        stack.sendBytes(
                TopicNames.DEAD_LETTERS,
                "k",
                "bad\u0007\u00e9".getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "x.reason",
                        "UNKNOWN_SCHEMA_ID",
                        "x.topic",
                        "audit.events",
                        "x.partition",
                        "2",
                        "x.offset",
                        "9"));

        // When
        CommandRun text = stack.run("tail", "dead-letters", "--no-follow");
        CommandRun json = stack.run("tail", "dead-letters", "--no-follow", "--json");

        // Then
        assertThat(text.out())
                .containsPattern("UNKNOWN_SCHEMA_ID .* from audit.events-2@9 {2}6 bytes 'bad\\.\\.\\.'")
                .hasLineCount(1);
        assertThat(parsed(json).get(0).at("/value/hex").asText()).isEqualTo("62616407c3a9");
        assertThat(parsed(json).get(0).at("/headers/x.reason").asText()).isEqualTo("UNKNOWN_SCHEMA_ID");
    }

    @Test
    void shouldFollowWhatComesUntilItIsStopped() throws Exception {
        // Given
        String topic = TopicNames.RECONCILIATIONS;
        stack.sendBytes(topic, "before", new byte[0], Map.of());
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Tail tail = Tail.open(stack.kafka(), topic, false, true)) {
            Thread reader =
                    new Thread(() -> tail.run(record -> seen.add(new String(record.key(), StandardCharsets.UTF_8))));
            reader.start();

            // When
            await().until(() -> {
                stack.sendBytes(topic, "after", new byte[0], Map.of());
                return !seen.isEmpty();
            });
            tail.stop();
            reader.join(5_000);

            // Then
            assertThat(reader.isAlive()).isFalse();
            assertThat(seen).containsOnly("after");
        }
    }

    @Test
    void shouldShowCommittedRecordsOnly() throws Exception {
        // Given
        Map<String, Object> settings = new HashMap<>(stack.kafka());
        settings.put("transactional.id", "tail-test");
        String topic = TopicNames.RECONCILIATIONS;
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "committed", new byte[0]));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "aborted", new byte[0]));
            producer.flush();
            producer.abortTransaction();
        }
        List<String> seen = new ArrayList<>();

        // When
        try (Tail tail = Tail.open(stack.kafka(), topic, true, false)) {
            tail.run(record -> seen.add(new String(record.key(), StandardCharsets.UTF_8)));
        }

        // Then
        assertThat(seen).contains("committed").doesNotContain("aborted");
    }

    private static List<JsonNode> parsed(CommandRun run) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            records.add(new JsonMapper().readTree(line));
        }
        return records;
    }
}
