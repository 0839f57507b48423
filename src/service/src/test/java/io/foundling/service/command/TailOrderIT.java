package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Deferred;
import io.foundling.audit.Opened;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.ModelRecords;
import io.foundling.service.tail.Tail;
import io.foundling.service.tail.TailStart;
import io.foundling.topology.names.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events of all partitions of a real broker in the order of time, and which of them the filters let through. */
class TailOrderIT {

    private static final int EVENTS = 40;
    private static final Subject SCOPE = new Subject(SubjectKind.SCOPE, "university", "declarations", "daily");

    private static CommandStack stack;
    private static Instant middle;

    @BeforeAll
    static void startStack() throws Exception {
        stack = CommandStack.withTopics();
        for (int i = 0; i < EVENTS; i++) {
            send(i);
            if (i == EVENTS / 2 - 1) {
                Instant last = Instant.now();
                await().until(() -> Instant.now().isAfter(last.plusMillis(20)));
                middle = last.plusMillis(10);
            }
        }
        reconcile(CheckStatus.PASSED, LocalDate.of(2026, 11, 29));
        reconcile(CheckStatus.FAILED, LocalDate.of(2026, 11, 30));
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    private static Subject subject(int number) {
        return new Subject(SubjectKind.RECORD, number % 2 == 0 ? "university" : "billing", "step", "n" + number);
    }

    private static void send(int number) throws Exception {
        Object body = number % 4 == 0 ? new Opened() : new Deferred(null, "the bank");
        AuditEvent event = AuditEvent.newBuilder(ModelRecords.event("x", body))
                .setSubject(subject(number))
                .build();
        stack.send(TopicNames.EVENTS, subject(number), event, Map.of());
    }

    private static void reconcile(CheckStatus status, LocalDate day) throws Exception {
        Reconciliation result = Reconciliation.newBuilder()
                .setScope(SCOPE)
                .setCheck(Reconciled.newBuilder()
                        .setCheckType(CheckType.TABLE)
                        .setStatus(status)
                        .setRunDate(day)
                        .build())
                .setOccurredAt(Instant.now())
                .build();
        stack.send(TopicNames.RECONCILIATIONS, "scope/university/declarations/daily/TABLE/" + day, result);
    }

    private static List<Integer> numbers(String... filters) {
        List<String> arguments = new ArrayList<>(List.of("tail", "events", "--no-follow"));
        arguments.addAll(List.of(filters));
        CommandRun run = stack.run(arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        return run.out()
                .lines()
                .map(line -> Integer.valueOf(line.replaceFirst(".*/step/n(\\d+) .*", "$1")))
                .toList();
    }

    private static List<Integer> range(int from, int until, int step) {
        List<Integer> all = new ArrayList<>();
        for (int i = from; i < until; i += step) {
            all.add(i);
        }
        return all;
    }

    @Test
    void shouldMergePartitionsInTheOrderOfTime() {
        assertThat(numbers()).isEqualTo(range(0, EVENTS, 1));
    }

    @Test
    void shouldFilterBySourceStageStatusKeyAndTime() {
        assertThat(numbers("--source", "billing")).isEqualTo(range(1, EVENTS, 2));
        assertThat(numbers("--stage", "other")).isEmpty();
        assertThat(numbers("--status", "open")).isEqualTo(range(0, EVENTS, 4));
        assertThat(numbers("--status", "OPENED,PENDING")).isEqualTo(range(0, EVENTS, 4));
        assertThat(numbers("--key", "record/university/step/n6")).containsExactly(6);
        assertThat(numbers("--since", middle.toString())).isEqualTo(range(EVENTS / 2, EVENTS, 1));
        assertThat(numbers("--until", middle.toString())).isEqualTo(range(0, EVENTS / 2, 1));
    }

    @Test
    void shouldShowTheFactItsStatusAndItsService() {
        // When
        CommandRun text = stack.run("tail", "events", "--no-follow", "--key", "record/billing/step/n1");
        CommandRun json = stack.run("tail", "events", "--no-follow", "--key", "record/billing/step/n1", "--json");

        // Then
        assertThat(text.out())
                .containsPattern("Deferred +- +record/billing/step/n1 +occurred 2026-11-30T12:00:00Z"
                        + "  waitingOn the bank  by enrolment");
        assertThat(json.out()).contains("\"fact\":\"Deferred\"", "\"topic\":\"audit.events\"");
    }

    @Test
    void shouldShowChecksThatFailed() {
        // When
        CommandRun run = stack.run("tail", "reconciliations", "--no-follow", "--status", "FAILED");

        // Then
        assertThat(run.out().lines())
                .singleElement()
                .asString()
                .contains("FAILED", "TABLE of 2026-11-30", "scope/university/declarations/daily");
    }

    @Test
    void shouldGoOnWithNewRecordsInTheOrderOfTime() throws Exception {
        // Given
        List<Long> seen = new CopyOnWriteArrayList<>();
        String topic = TopicNames.EXPECTATIONS;
        try (Tail tail = Tail.ordered(stack.kafka(), List.of(topic), TailStart.OLDEST, true)) {
            Thread reading = new Thread(() -> tail.run(record -> seen.add(record.timestamp())));
            reading.start();

            // When
            for (int i = 0; i < 10; i++) {
                stack.send(topic, subject(i), null, Map.of());
            }

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() == 10);
            assertThat(seen).isSorted();
            tail.stop();
            reading.join(10_000);
            assertThat(reading.isAlive()).isFalse();
        }
    }
}
