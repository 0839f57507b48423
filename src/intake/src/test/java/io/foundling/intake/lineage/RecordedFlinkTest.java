package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Declared;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of events that Flink 2.2.1 really sent with openlineage-flink 1.53.0, from a mini-cluster. They were
 * recorded with its transport {@code file}, and moved to another day.
 */
class RecordedFlinkTest {

    private static final Instant LATER = Instant.parse("2026-01-05T12:30:00Z");
    private static final LedgerSettings SETTINGS = Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(Settings.anything("runs", Duration.ofHours(1), Duration.ZERO));

    private final LedgerHarness ledger = LedgerHarness.of(SETTINGS);

    @AfterEach
    void stop() {
        ledger.close();
    }

    private Status only(String kind) {
        return RecordedEvents.statuses(ledger).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + "/flink-prod/clicks/"))
                .map(Map.Entry::getValue)
                .reduce((one, other) -> {
                    throw new AssertionError("more than one " + kind);
                })
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"flink-bounded, COMPLETED", "flink-fail, FAILED", "flink-cancel, CANCELLED", "flink-stream, CANCELLED"})
    void shouldEndARunAndItsJob(String recorded, Status status) {
        // When
        RecordedEvents.send(ledger, RecordedEvents.of(recorded));
        ledger.bothReach(LATER.plus(Duration.ofHours(2)));

        // Then
        assertThat(only("operation")).isEqualTo(status);
        assertThat(only("scope")).isEqualTo(status);
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
    }

    /** Without detached tracking, no run ends: the listener that learns of the end does not know the job. */
    @ParameterizedTest
    @CsvSource({"flink-killed", "flink-default-listener"})
    void shouldWarnOfARunThatNobodyEnds(String recorded) {
        // Given
        RecordedEvents.send(ledger, RecordedEvents.of(recorded));

        // When
        ledger.bothReach(LATER);
        boolean isWarnedBefore = !ledger.orphans().isEmpty();
        ledger.bothReach(LATER.plus(Duration.ofHours(1)));
        ledger.bothReach(LATER.plus(Duration.ofHours(1)).plusSeconds(1));

        // Then
        assertThat(isWarnedBefore).isFalse();
        assertThat(ledger.orphans()).hasSize(1);
        assertThat(only("scope")).isEqualTo(Status.COMPLETED);
    }

    @Test
    void shouldTakeEachCheckpointOfAStreamForACompletionOfItsJob() {
        // Given: it should report every minute, and is killed after its last checkpoint, at 12:00:10
        ledger.send(Events.of("job", new Declared(Duration.ofMinutes(1).toMillis(), Map.of()))
                .kind(SubjectKind.SCOPE)
                .source("flink-prod")
                .stage("clicks"));
        List<String> events = RecordedEvents.of("flink-stream");
        RecordedEvents.send(ledger, events.subList(0, 4));
        String alert = "stale_scope/flink-prod/clicks";

        // When
        ledger.bothReach(Instant.parse("2026-01-05T12:01:10Z"));
        boolean isStaleBefore = ledger.alerts().containsKey(alert);
        ledger.bothReach(Instant.parse("2026-01-05T12:01:20Z"));
        ledger.bothReach(Instant.parse("2026-01-05T12:01:30Z"));

        // Then
        assertThat(isStaleBefore).isFalse();
        assertThat(ledger.alerts().get(alert).getAnnotations().get("findings")).contains("TOO_OLD");
        assertThat(only("operation")).isEqualTo(Status.OPEN);
        assertThat(ledger.violations()).isEmpty();
    }

    @Test
    void shouldMissTheCheckpointsOfAStreamThatOnlyStartsAgainAndAgain() {
        // Given: it should report every minute, and is killed and started twice a minute, before its first checkpoint
        ledger.send(Events.of("job", new Declared(Duration.ofMinutes(1).toMillis(), Map.of()))
                .kind(SubjectKind.SCOPE)
                .source("flink-prod")
                .stage("clicks"));
        String start = RecordedEvents.of("flink-stream").get(0);
        List<String> events = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            events.add(start.replace("12:00:00.000000", "12:%02d:%02d".formatted(run / 2, run % 2 * 30))
                    .replaceFirst("(\"runId\":\"[^\"]+).\"", "$1" + run + '"'));
        }

        // When
        RecordedEvents.send(ledger, events);
        ledger.bothReach(Instant.parse("2026-01-05T12:02:10Z"));
        ledger.bothReach(Instant.parse("2026-01-05T12:02:20Z"));

        // Then
        assertThat(ledger.alerts()).containsKey("stale_scope/flink-prod/clicks");
        assertThat(ledger.violations()).isEmpty();
    }

    @Test
    void shouldKeepAFailureWhenACheckpointIsReportedAfterIt() {
        // Given: the thread that asks for checkpoints is a moment late
        List<String> events = new ArrayList<>(RecordedEvents.of("flink-fail"));
        events.add(events.get(2).replace("12:00:06.112963", "12:00:07.790000"));

        // When
        RecordedEvents.send(ledger, events);
        ledger.bothReach(LATER);

        // Then
        assertThat(only("operation")).isEqualTo(Status.FAILED);
        assertThat(only("scope")).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotCompleteAJobBeforeItsFirstCheckpoint() {
        // When: the first report says that a checkpoint failed, and none is complete
        RecordedEvents.send(ledger, RecordedEvents.of("flink-bounded").subList(0, 2));

        // Then
        assertThat(RecordedEvents.statuses(ledger).values()).containsExactly(Status.OPEN);
    }

    @Test
    void shouldMissTheCheckpointsOfAStreamThatAllFail() {
        // Given: it should report every minute; after two checkpoints each one fails, which is reported for two minutes
        ledger.send(Events.of("job", new Declared(Duration.ofMinutes(1).toMillis(), Map.of()))
                .kind(SubjectKind.SCOPE)
                .source("flink-prod")
                .stage("clicks"));
        List<String> events = new ArrayList<>(RecordedEvents.of("flink-stream").subList(0, 3));
        for (int failed = 2; failed < 14; failed++) {
            String time = "12:%02d:%02d".formatted(failed / 6, failed % 6 * 10);
            events.add(events.get(2).replace("12:00:06", time).replace("\"failed\":1", "\"failed\":" + failed));
        }

        // When
        RecordedEvents.send(ledger, events);
        ledger.bothReach(Instant.parse("2026-01-05T12:02:20Z"));
        ledger.bothReach(Instant.parse("2026-01-05T12:02:30Z"));

        // Then
        assertThat(ledger.alerts()
                        .get("stale_scope/flink-prod/clicks")
                        .getAnnotations()
                        .get("findings"))
                .contains("TOO_OLD");
        assertThat(only("operation")).isEqualTo(Status.OPEN);
        assertThat(ledger.violations()).isEmpty();
    }
}
