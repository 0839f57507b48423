package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.of;
import static io.foundling.topology.harness.Events.reconciled;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Reconciled;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.EventResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results of comparing a source with its target. Proves rules C1, C2, L2, B4 and R5. */
final class ReconciliationTest {

    private static final String KEY = "reconciliation/university/declaration";
    private static final String SCOPE = "scope/university/declaration/2026";
    private static final LocalDate DAY = LocalDate.parse("2026-01-05");

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Events count(CheckStatus status, int day, long second) {
        return reconciled("2026", status, DAY.plusDays(day)).at(START.plusSeconds(second));
    }

    private void send(Events event) {
        ledger.send(event, event.build().getOccurredAt());
    }

    private void pass() {
        for (int seconds = 0; seconds < 3; seconds++) {
            ledger.bothReach(ledger.now().plusSeconds(1));
        }
    }

    private Alert alert() {
        return ledger.alerts().get(KEY);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheResultsOfEveryTypeOfCheckAndAlertOnThoseThatDidNotPass(CheckType type) {
        // When
        send(reconciled("2026", type, CheckStatus.FAILED, DAY));
        send(reconciled("2019", type, CheckStatus.PASSED, DAY));
        pass();

        // Then
        String key = SCOPE + '/' + type + "/2026-01-05";
        assertThat(ledger.reconciliations())
                .containsOnlyKeys(key, "scope/university/declaration/2019/" + type + "/2026-01-05");
        assertThat(ledger.reconciliations().get(key).getCheck().getSourceRows()).isEqualTo(100);
        assertThat(ledger.reconciliations().get(key).getScope().getId()).isEqualTo("2026");
        assertThat(ledger.reconciliations().get(key).getOccurredAt()).isEqualTo(START);
        assertThat(alert().getType()).isEqualTo(AlertType.RECONCILIATION);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getCount()).isEqualTo(1);
        assertThat(alert().getSamples()).containsExactly(SCOPE);
        assertThat(alert().getAnnotations())
                .containsEntry("summary", "The last check of 1 scope of university/declaration did not pass")
                .containsEntry(
                        "findings",
                        SCOPE + ": " + type
                                + " of 2026-01-05 FAILED (100 source rows, 98 target rows, 2 only in the source)");
        assertThat(ledger.dispositions()).isEmpty();
    }

    @Test
    void shouldAlertOnAnErrorAndQuoteTheFirst() {
        // When
        send(of(
                        "2026",
                        new Reconciled(
                                CheckType.BRONZE,
                                CheckStatus.ERROR,
                                DAY,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of("no\nanswer", "b")))
                .kind(SubjectKind.SCOPE));
        pass();

        // Then
        assertThat(alert().getAnnotations())
                .containsEntry("findings", SCOPE + ": BRONZE of 2026-01-05 ERROR (no answer)");
    }

    @Test
    void shouldResolveWhenTheSameDatePassesLater() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));
        pass();

        // When
        send(count(CheckStatus.PASSED, 0, 1));
        pass();

        // Then
        assertThat(ledger.reconciliations().values())
                .extracting(result -> result.getCheck().getStatus())
                .containsExactly(CheckStatus.PASSED);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(alert().getAnnotations())
                .containsEntry("summary", "The last checks of all scopes of university/declaration have passed")
                .doesNotContainKey("findings");
    }

    @Test
    void shouldResolveWhenALaterDatePassesAndNotWhenAnEarlierOneDoes() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));

        // When
        send(count(CheckStatus.PASSED, -1, 10));
        pass();
        AlertStatus afterAnEarlierDate = alert().getStatus();
        send(count(CheckStatus.PASSED, 1, 20));
        pass();

        // Then
        assertThat(afterAnEarlierDate).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.reconciliations()).hasSize(3);
    }

    @Test
    void shouldCountAScopeOnceUntilAllOfItsChecksPass() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));
        send(reconciled("2026", CheckType.TABLE, CheckStatus.FAILED, DAY));
        pass();
        long count = alert().getCount();

        // When
        send(count(CheckStatus.PASSED, 0, 1));
        pass();

        // Then
        assertThat(count).isEqualTo(1);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getAnnotations().get("findings")).startsWith(SCOPE + ": TABLE of");
    }

    @Test
    void shouldEndTheSameInWhateverOrderResultsAreRead() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            List<Events> events = new ArrayList<>(List.of(
                    count(CheckStatus.FAILED, 0, 10),
                    count(CheckStatus.PASSED, 0, 20),
                    count(CheckStatus.ERROR, 0, 15),
                    count(CheckStatus.PASSED, -1, 30),
                    count(CheckStatus.FAILED, 1, 5)));
            events.addAll(events.subList(0, 3));
            Collections.shuffle(events, new Random(seed));

            // When
            try (LedgerHarness shuffled = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1))) {
                events.forEach(event -> shuffled.send(event, START.plusSeconds(60)));

                // Then
                assertThat(shuffled.reconciliations().values())
                        .as("seed %d", seed)
                        .extracting(result -> result.getCheck().getRunDate() + " "
                                + result.getCheck().getStatus())
                        .containsExactly("2026-01-04 PASSED", "2026-01-05 PASSED", "2026-01-06 FAILED");
            }
        }
    }

    @Test
    void shouldPublishNothingAgainWhenAResultIsReadTwiceAcrossARestart() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));
        pass();

        // When
        ledger.restart();
        send(count(CheckStatus.FAILED, 0, 0));
        pass();

        // Then
        assertThat(ledger.listener().results()).containsExactly(EventResult.APPLIED, EventResult.DUPLICATE);
        assertThat(ledger.reconciliationChanges()).hasSize(1);
        assertThat(ledger.alertChanges()).hasSize(1);
    }

    @Test
    void shouldKeepTheLatest62DatesOfACheck() {
        // When
        for (int day = 0; day < 64; day++) {
            send(reconciled("2026", CheckStatus.PASSED, DAY.plusDays(day)).at(START.plus(Duration.ofDays(day))));
        }
        send(reconciled("2026", CheckStatus.FAILED, DAY).at(START.plus(Duration.ofDays(64))));
        pass();

        // Then
        assertThat(ledger.reconciliations()).hasSize(62).doesNotContainKey(SCOPE + "/COUNT/2026-01-06");
        assertThat(ledger.reconciliations()).containsKey(SCOPE + "/COUNT/2026-01-07");
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    void shouldTakeResultsBackOnce400DaysWithoutAnyHavePassed() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));
        pass();
        ledger.bothReach(START.plus(Duration.ofDays(100)));
        ledger.send(count(CheckStatus.FAILED, 1, 60));
        Instant last = ledger.now().plus(Duration.ofDays(400));

        // When
        ledger.wallReaches(last);
        ledger.clockReaches(last);
        int before = ledger.reconciliations().size();
        ledger.clockReaches(last.plusMillis(1));
        pass();

        // Then
        assertThat(before).isEqualTo(2);
        assertThat(ledger.reconciliations()).isEmpty();
        assertThat(ledger.store().contents().keySet())
                .noneMatch(key -> new String(key.get(), StandardCharsets.UTF_8).contains(SCOPE));
    }

    @Test
    void shouldTakeEverythingBackWhenTheScopeIsErased() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));
        send(completed("2026").kind(SubjectKind.SCOPE));
        pass();

        // When
        send(erased("2026").kind(SubjectKind.SCOPE));
        send(count(CheckStatus.FAILED, 1, 10));
        pass();

        // Then
        assertThat(ledger.reconciliations()).isEmpty();
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.store().contents().keySet())
                .noneMatch(key -> new String(key.get(), StandardCharsets.UTF_8).contains(SCOPE));
    }

    @Test
    void shouldGoOnAfterARebuild() {
        // Given
        send(count(CheckStatus.FAILED, 0, 0));
        send(count(CheckStatus.PASSED, -1, 0));
        pass();

        // When
        ledger.rebuild();
        send(count(CheckStatus.FAILED, 0, 0));
        pass();
        int afterTheRebuild = ledger.reconciliationChanges().size();
        AlertStatus status = alert().getStatus();
        send(count(CheckStatus.PASSED, 0, 5));
        pass();

        // Then
        assertThat(afterTheRebuild).isEqualTo(2);
        assertThat(status).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.alertChanges()).extracting(Change::key).containsExactly(KEY, KEY);
    }

    @Test
    void shouldNotApplyARunDateThatCannotBe() {
        // When
        send(count(CheckStatus.FAILED, 2, 0));
        send(count(CheckStatus.FAILED, 3, 0));
        send(reconciled("old", CheckStatus.FAILED, LocalDate.parse("1999-12-31")));
        send(reconciled("first", CheckStatus.FAILED, LocalDate.parse("2000-01-01")));

        // Then
        assertThat(ledger.reconciliations())
                .containsOnlyKeys(SCOPE + "/COUNT/2026-01-07", "scope/university/declaration/first/COUNT/2000-01-01");
        assertThat(ledger.violations())
                .extracting(Violation::getMessage)
                .containsExactly(
                        "runDate is 2026-01-08; expected a date from 2000-01-01 to 2026-01-07, two days after occurredAt",
                        "runDate is 1999-12-31; expected a date from 2000-01-01 to 2026-01-07, two days after occurredAt");
    }

    @Test
    void shouldBoundTheErrorsThatArePublished() {
        // Given
        List<String> errors = Collections.nCopies(101, "x".repeat(2_000));

        // When
        send(of("2026", new Reconciled(CheckType.AGGREGATE, CheckStatus.FAILED, DAY, 1L, 1L, 1L, 1L, 1L, errors))
                .kind(SubjectKind.SCOPE));

        // Then
        assertThat(ledger.reconciliations()
                        .values()
                        .iterator()
                        .next()
                        .getCheck()
                        .getErrors())
                .isEqualTo(Collections.nCopies(100, "x".repeat(1_024)));
        assertThat(ledger.violations())
                .extracting(violation -> violation.getType() + ": " + violation.getMessage())
                .containsExactly(
                        "TEXT_TRUNCATED: the check has 101 errors; expected at most 100 of at most 1024 bytes");
    }

    @Test
    void shouldKeepTheMetadataOfAResult() {
        // Given
        send(completed("2026").kind(SubjectKind.SCOPE));

        // When
        send(count(CheckStatus.PASSED, 0, 1).metadata("job", "nightly"));

        // Then
        assertThat(ledger.dispositions().get(SCOPE).getMetadata()).isEqualTo(Map.of("job", "nightly"));
    }

    @Test
    void shouldCountAResultAsAppliedAndItsRepeatAsADuplicate() {
        // When
        send(count(CheckStatus.FAILED, 0, 0));
        send(count(CheckStatus.FAILED, 0, 0));

        // Then
        assertThat(ledger.listener().results()).containsExactly(EventResult.APPLIED, EventResult.DUPLICATE);
    }
}
