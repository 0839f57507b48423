package io.foundling.service.it.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Disposition;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalStack;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exactly once: whenever the ledger is killed, each hand-over that never happens is warned of once, and no other. */
class KillWhileExpectingIT {

    /** A third is handed over, a third is extracted again, and a third is never handed over. */
    private static final int FILES = 600;

    private static final Duration WITHIN = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ServiceProcess service;
    private static EventFeed feed;
    private static Output<AuditEvent> expectations;
    private static Output<Disposition> dispositions;
    private static Output<OrphanWarning> orphans;

    /** The event after which the process is killed. */
    enum Step {
        SOME_EXPECTED,
        SOME_EXPECTED_READ,
        SOME_WARNED,
        SOME_REVOKED
    }

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 6, TopicNames.EVENTS);
        service = ServiceProcess.ready(stack, directory, "expecting", """
            application: expecting
            allowedLag: 1s
            maxExpiriesPerSweep: 20
            policies:
              - name: hand-over
                after: {stage: extract, status: COMPLETED}
                expect: {stage: parse, within: 5s}
            """);
        feed = stack.closeFirst(EventFeed.into(stack));
        expectations = stack.closeFirst(new Output<>(stack, TopicNames.EXPECTATIONS, AuditEvent.class));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldWarnOnceOfEachHandOverThatNeverHappensWhenKilled(Step step) {
        // Given
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ids(step, file -> true)
                .forEach(id -> enqueue(event(id, "extract", 1, now, new Completed(null, null, Map.of()))));
        feed.producer().flush();
        if (step != Step.SOME_REVOKED) {
            awaitSeen(step);
            service.kill();
        }

        // When
        ids(step, file -> file % 3 == 1)
                .forEach(id -> enqueue(event(id, "extract", 2, now.plusMillis(10), new Opened())));
        ids(step, file -> file % 3 == 2)
                .forEach(id -> enqueue(event(id, "parse", 1, now.plusMillis(20), new Completed(null, null, Map.of()))));
        feed.producer().flush();
        if (step == Step.SOME_REVOKED) {
            awaitSeen(step);
            service.kill();
        }
        service.start();

        // Then
        List<String> never = keys(ids(step, file -> file % 3 == 0));
        await("the orphans")
                .atMost(LiveLedger.PATIENCE)
                .during(Duration.ofSeconds(3))
                .until(() -> orphansOfNow(step).equals(never));
        assertThat(sent(step, true)).as("one Expected each").hasSize(FILES).doesNotHaveDuplicates();
        assertThat(sent(step, false))
                .as("one revocation each")
                .containsExactlyInAnyOrderElementsOf(keys(ids(step, file -> file % 3 == 1)));
        List<String> warned = warned(step);
        assertThat(warned).as("one warning each").containsAll(never).doesNotHaveDuplicates();
        Map<String, Disposition> parsed = materialised(dispositions, step);
        assertThat(parsed.keySet())
                .as("nothing is known of what is not expected any more")
                .containsExactlyInAnyOrderElementsOf(keys(ids(step, file -> file % 3 != 1)));
        assertThat(keys(ids(step, file -> file % 3 == 2)))
                .allMatch(key -> parsed.get(key).getStatus() == Status.COMPLETED);
        assertThat(never).allMatch(key -> parsed.get(key).getPromisedBy().equals(key.replace("/parse/", "/extract/")));
        assertThat(materialised(orphans, step).values())
                .allMatch(warning -> warning.getRule().equals("expectation:hand-over")
                        && warning.getStartsAt().equals(now.plus(WITHIN)));
    }

    private static void awaitSeen(Step step) {
        await(step.name())
                .atMost(LiveLedger.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> switch (step) {
                    case SOME_EXPECTED -> !sent(step, true).isEmpty();
                    case SOME_EXPECTED_READ ->
                        all(dispositions).stream()
                                .anyMatch(record -> keyOf(record, step).isPresent());
                    case SOME_WARNED -> warned(step).size() > FILES / 6;
                    case SOME_REVOKED -> !sent(step, false).isEmpty();
                });
    }

    private static List<String> ids(Step step, Predicate<Integer> which) {
        return IntStream.range(0, FILES)
                .boxed()
                .filter(which)
                .map(file -> "%d-%03d".formatted(step.ordinal(), file))
                .toList();
    }

    private static List<String> keys(List<String> ids) {
        return ids.stream().map(KillWhileExpectingIT::key).toList();
    }

    private static String key(String id) {
        return SubjectKey.of(subject("parse", id));
    }

    private static Subject subject(String stage, String id) {
        return new Subject(SubjectKind.RECORD, Events.SOURCE, stage, id);
    }

    private static AuditEvent event(String id, String stage, int attempt, Instant at, Object body) {
        return Events.event(id, at, body)
                .setSubject(subject(stage, id))
                .setAttempt(attempt)
                .build();
    }

    private static void enqueue(AuditEvent event) {
        feed.enqueue(feed.record(TopicNames.EVENTS, event));
    }

    /** Returns the expected subject of a record, if it is one of this step. */
    private static Optional<String> keyOf(ConsumerRecord<byte[], byte[]> record, Step step) {
        return Optional.of(new String(record.key(), StandardCharsets.UTF_8))
                .filter(key -> key.startsWith(key(step.ordinal() + "-")));
    }

    /** Returns for whom something was sent: an Expected, or that one is revoked. */
    private static List<String> sent(Step step, boolean expected) {
        return all(expectations).stream()
                .filter(record -> record.value() != null == expected)
                .flatMap(record -> keyOf(record, step).stream())
                .toList();
    }

    private static List<String> warned(Step step) {
        return all(orphans).stream()
                .filter(record -> Output.header(record, Headers.CHANGE).equals("ORPHANED"))
                .flatMap(record -> keyOf(record, step).stream())
                .toList();
    }

    private static List<String> orphansOfNow(Step step) {
        return List.copyOf(materialised(orphans, step).keySet());
    }

    /** Returns the last value of each expected subject of this step that has one. */
    private static <T extends SpecificRecord> Map<String, T> materialised(Output<T> topic, Step step) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : all(topic)) {
            keyOf(record, step).ifPresent(key -> last.put(key, record));
        }
        Map<String, T> values = new TreeMap<>();
        last.forEach((key, record) -> topic.value(record).ifPresent(value -> values.put(key, value)));
        return values;
    }

    /** Returns what a topic holds: a poll gives a part of it only. */
    private static List<ConsumerRecord<byte[], byte[]>> all(Output<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> before = topic.records();
        List<ConsumerRecord<byte[], byte[]>> all = topic.records();
        while (all.size() > before.size()) {
            before = all;
            all = topic.records();
        }
        return all;
    }
}
