package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.expected;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.skipped;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.lifecycle.ExpectedId;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicyMatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Work that a policy expects after other work. Proves rules E1, E2, E3, and E4. */
final class ExpectationTest extends HandOverLedger {

    private static final String EXTRACTED = "record/university/extract/r1";
    private static final Expectation PARSE = Settings.expecting("parse", "extract", Status.COMPLETED, "parse", HOUR);
    private static final Expectation LOAD = Settings.expecting("load", "parse", Status.COMPLETED, "load", HOUR);
    private static final LedgerSettings SETTINGS =
            LedgerSettings.defaults("audit.events", 1).expecting(List.of(PARSE, LOAD));

    ExpectationTest() {
        super(SETTINGS);
    }

    private List<String> sent() {
        return ledger.expectationChanges().stream()
                .map(change -> change.key()
                        + ' '
                        + change.value().map(AuditEvent::getOccurredAt).orElse(null))
                .toList();
    }

    @Test
    void shouldExpectTheNextStageWhenOneIsCompleted() {
        // When
        extract(completed("r1"), START);

        // Then
        Change<AuditEvent> change = ledger.expectationChanges().get(0);
        assertThat(change.key()).isEqualTo(PARSED);
        assertThat(change.value().orElseThrow().getEventId())
                .isEqualTo(ExpectedId.of("parse", EXTRACTED, START.toEpochMilli()));
        assertThat(change.value().orElseThrow().getOccurredAt()).isEqualTo(START);
        assertThat(parsed().getStatus()).isEqualTo(Status.EXPECTED);
        assertThat(parsed().getEnteredAt()).isEqualTo(START);
        assertThat(parsed().getPromisedBy()).isEqualTo(EXTRACTED);
        assertThat(parsed().getReason()).isEqualTo("parse");
        assertThat(parsed().getDeadline().getAt()).isEqualTo(START.plus(HOUR));
        assertThat(parsed().getDeadline().getRule()).isEqualTo("expectation:parse");
    }

    @Test
    void shouldWarnOfTheHandOverThatNeverHappens() {
        // Given
        extract(completed("r1"), START);

        // When
        ledger.clockReaches(START.plus(HOUR));
        boolean early = ledger.orphans().containsKey(PARSED);
        ledger.clockReaches(START.plus(HOUR).plusMillis(1));

        // Then
        assertThat(early).isFalse();
        OrphanWarning warning = ledger.orphans().get(PARSED);
        assertThat(warning.getStartsAt()).isEqualTo(START.plus(HOUR));
        assertThat(warning.getRule()).isEqualTo("expectation:parse");
        assertThat(parsed().getPromisedBy()).isEqualTo(EXTRACTED);
    }

    @Test
    void shouldAddTheGraceOfThePolicyOfTheExpectedSubject() {
        // Given
        ledger.close();
        ledger = LedgerHarness.of(
                Settings.of(SETTINGS).policies(Settings.anything("all", Duration.ofDays(1), Duration.ofMinutes(5))));
        extract(completed("r1"), START);

        // When
        ledger.clockReaches(minute(65));
        boolean early = ledger.orphans().containsKey(PARSED);
        ledger.clockReaches(minute(65).plusMillis(1));

        // Then
        assertThat(early).isFalse();
        assertThat(ledger.orphans()).containsKey(PARSED);
    }

    @Test
    void shouldRecoverWhenTheExpectedWorkBeginsLate() {
        // Given
        extract(completed("r1"), START);
        ledger.clockReaches(minute(61));

        // When
        parse(opened("r1"), minute(61));

        // Then
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 EXPECTED", "r1 RECOVERY 1 EXPECTED -");
        assertThat(parsed().getStatus()).isEqualTo(Status.OPEN);
    }

    @Test
    void shouldWithdrawWhenTheExpectedWorkTurnsOutToHaveBegunInTime() {
        // Given
        extract(completed("r1"), START);
        ledger.clockReaches(minute(61));

        // When
        parse(opened("r1"), minute(60));

        // Then
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 EXPECTED", "r1 WITHDRAWAL 1 EXPECTED -");
    }

    @Test
    void shouldNotWarnWhenTheWorkBeganBeforeItWasExpected() {
        // Given
        parse(opened("r1"), START.minusSeconds(30));

        // When
        extract(completed("r1"), START);
        ledger.clockReaches(minute(600));

        // Then
        assertThat(ledger.orphans()).isEmpty();
        assertThat(parsed().getStatus()).isEqualTo(Status.OPEN);
        assertThat(parsed().getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldExpectAnotherAttemptWhenTheWorkEndedBeforeTheCause() {
        // Given
        parse(completed("r1"), START.minus(HOUR));

        // When
        extract(completed("r1"), START);

        // Then
        assertThat(parsed().getStatus()).isEqualTo(Status.EXPECTED);
        assertThat(parsed().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldLeaveAnOutcomeOfTheExpectedSubjectAsItIs() {
        // Given
        extract(completed("r1"), START);

        // When
        parse(skipped("r1"), minute(30));
        ledger.clockReaches(minute(600));

        // Then
        assertThat(parsed().getStatus()).isEqualTo(Status.SKIPPED);
        assertThat(ledger.orphanChanges()).isEmpty();
    }

    @Test
    void shouldSendOnceWhenTheCauseIsReadAgainOrRepeatedOrTheTaskStartsAgain() {
        // Given
        extract(completed("r1"), START);

        // When
        extract(completed("r1"), START);
        extract(completed("r1").number(2), minute(3));
        ledger.restart();
        extract(completed("r1"), START);
        ledger.clockReaches(minute(10));

        // Then
        assertThat(sent()).containsExactly(PARSED + ' ' + START);
    }

    @Test
    void shouldWarnAfterARestartBetweenTheCauseAndTheDeadline() {
        // Given
        extract(completed("r1"), START);

        // When
        ledger.restart();
        ledger.clockReaches(minute(61));

        // Then
        assertThat(ledger.orphans()).containsOnlyKeys(PARSED);
    }

    @Test
    void shouldKeepWhatIsExpectedWhenTheCauseIsRemovedAndForgotten() {
        // Given
        ledger.close();
        Duration retention = Duration.ofMinutes(10);
        ledger = LedgerHarness.of(Settings.of(SETTINGS).retention(retention, retention, retention));
        extract(completed("r1"), START);

        // When
        ledger.bothReach(minute(11));
        ledger.bothReach(minute(30));
        ledger.bothReach(minute(62));

        // Then
        assertThat(ledger.dispositions()).containsOnlyKeys(PARSED);
        assertThat(ledger.orphans()).containsOnlyKeys(PARSED);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void shouldExpectOneStageAfterTheOther() {
        // When
        extract(completed("r1"), START);
        parse(completed("r1"), minute(10));

        // Then
        assertThat(sent()).containsExactly(PARSED + ' ' + START, "record/university/load/r1 " + minute(10));
        assertThat(ledger.dispositions().get("record/university/load/r1").getPromisedBy())
                .isEqualTo(PARSED);
    }

    @Test
    void shouldExpectNothingAfterAnotherStatusOrStage() {
        // When
        extract(failed("r1"), START);
        extract(opened("r2"), START);
        ledger.send(completed("r3").stage("load").at(START));
        ledger.send(expected("r4").stage("extract").at(START));

        // Then
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldExpectAfterAnAwaitingStatusThoughTheWorkHasCompletedSince() {
        // Given
        ledger.close();
        ledger = LedgerHarness.of(
                SETTINGS.expecting(List.of(Settings.expecting("poll", "extract", Status.PENDING, "parse", HOUR))));

        // When
        extract(pending("r1"), START);
        extract(completed("r1"), minute(1));

        // Then
        assertThat(sent()).containsExactly(PARSED + ' ' + START);
        assertThat(parsed().getStatus()).isEqualTo(Status.EXPECTED);
    }

    @Test
    void shouldExpectASubjectOfAnotherKindSourceAndId() {
        // Given
        ledger.close();
        Expectation report = new Expectation(
                "report",
                new PolicyMatch(
                        Optional.of(SubjectKind.BATCH),
                        Optional.of("university"),
                        Optional.of("extract"),
                        Optional.of(Status.COMPLETED)),
                new Expectation.Expected(
                        Optional.of(SubjectKind.EXPORT), Optional.of("bank"), "report", "report-{id}.csv"),
                HOUR);
        ledger = LedgerHarness.of(SETTINGS.expecting(List.of(report)));

        // When
        extract(completed("7").kind(SubjectKind.BATCH), START);
        extract(completed("7"), START);
        ledger.send(completed("7")
                .kind(SubjectKind.BATCH)
                .source("other")
                .stage("extract")
                .at(START));

        // Then
        assertThat(ledger.expectationChanges())
                .extracting(change -> change.value().orElseThrow().getSubject())
                .containsExactly(new Subject(SubjectKind.EXPORT, "bank", "report", "report-7.csv"));
    }
}
