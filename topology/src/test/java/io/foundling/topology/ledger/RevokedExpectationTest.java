package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.expected;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Status;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is expected no longer, because its cause turns out otherwise. Proves rules E2, E5 and R5. */
final class RevokedExpectationTest extends HandOverLedger {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1)
            .expecting(List.of(Settings.expecting("parse", "extract", Status.COMPLETED, "parse", HOUR)));

    RevokedExpectationTest() {
        super(SETTINGS);
    }

    /** Returns the times of what was sent; a dash for what was revoked. */
    private List<String> sent() {
        return ledger.expectationChanges().stream()
                .map(change -> change.value()
                        .map(AuditEvent::getOccurredAt)
                        .map(Instant::toString)
                        .orElse("-"))
                .toList();
    }

    @Test
    void shouldRevokeAndWithdrawWhenTheCauseTurnsOutToHaveFailed() {
        // Given
        extract(completed("r1"), START);
        ledger.clockReaches(minute(61));

        // When
        extract(failed("r1"), START.minusSeconds(1));

        // Then
        assertThat(sent()).containsExactly(START.toString(), "-");
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 EXPECTED", "r1 WITHDRAWAL 1 EXPECTED -");
        assertThat(parsed()).isNull();
    }

    @Test
    void shouldMoveWhatIsExpectedWhenTheCauseTurnsOutToBeEarlier() {
        // Given
        extract(completed("r1"), minute(5));

        // When
        extract(completed("r1"), START);

        // Then
        assertThat(sent()).containsExactlyInAnyOrder(minute(5).toString(), "-", START.toString());
        assertThat(parsed().getEnteredAt()).isEqualTo(START);
        assertThat(parsed().getDeadline().getAt()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void shouldRevokeWhenTheNextAttemptBeginsInTime() {
        // Given
        extract(completed("r1"), START);

        // When
        extract(opened("r1"), minute(60));

        // Then
        assertThat(parsed()).isNull();
        assertThat(sent()).containsExactly(START.toString(), "-");
    }

    @Test
    void shouldExpectAgainWhenTheNextAttemptIsCompleted() {
        // Given
        extract(completed("r1"), START);
        extract(opened("r1"), minute(20));

        // When
        extract(completed("r1"), minute(30));

        // Then
        assertThat(parsed().getStatus()).isEqualTo(Status.EXPECTED);
        assertThat(parsed().getAttempt()).isEqualTo(1);
        assertThat(parsed().getEnteredAt()).isEqualTo(minute(30));
    }

    @Test
    void shouldNotRevokeWhenTheNextAttemptBeginsTooLate() {
        // Given
        extract(completed("r1"), START);

        // When
        extract(opened("r1"), minute(60).plusMillis(1));
        ledger.clockReaches(minute(61));

        // Then
        assertThat(ledger.orphans()).containsOnlyKeys(PARSED);
    }

    @Test
    void shouldStayOverdueUntilTheWorkBeginsWhenTheNextRunIsCompletedAfterTheDeadline() {
        // Given
        extract(completed("r1"), START);
        ledger.clockReaches(minute(61));
        extract(opened("r1"), minute(70));

        // When
        extract(completed("r1"), minute(80));
        ledger.clockReaches(minute(141));
        List<String> untilThen = ledger.orphanStory();
        parse(opened("r1"), minute(142));

        // Then
        assertThat(untilThen).containsExactly("r1 ORPHANED 1 EXPECTED");
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 EXPECTED", "r1 RECOVERY 1 EXPECTED -");
    }

    @Test
    void shouldRevokeWhenTheFirstSubjectIsRetiredInTime() {
        // Given
        extract(completed("r1"), START);

        // When
        extract(retired("r1"), minute(1));

        // Then
        assertThat(parsed()).isNull();
    }

    @Test
    void shouldRevokeWhenWhatAwaitedIsCancelledInTime() {
        // Given
        ledger.close();
        ledger = LedgerHarness.of(
                SETTINGS.expecting(List.of(Settings.expecting("poll", "extract", Status.PENDING, "parse", HOUR))));
        extract(pending("r1"), START);
        extract(pending("r2"), START);

        // When
        extract(cancelled("r1"), minute(60));
        extract(cancelled("r2"), minute(60).plusMillis(1));

        // Then
        assertThat(ledger.dispositions()).doesNotContainKey(PARSED).containsKey("record/university/parse/r2");
    }

    @Test
    void shouldNotRevokeWhenTheNextAttemptIsOnlyAnnounced() {
        // Given
        extract(completed("r1"), START);

        // When
        extract(expected("r1"), minute(30));
        ledger.clockReaches(minute(61));

        // Then
        assertThat(sent()).containsExactly(START.toString());
        assertThat(ledger.orphans()).containsOnlyKeys(PARSED);
    }

    @Test
    void shouldNotRevokeWhenALaterOutcomeContradictsTheFirst() {
        // Given
        ledger.close();
        ledger = LedgerHarness.of(
                SETTINGS.expecting(List.of(Settings.expecting("poll", "extract", Status.PENDING, "parse", HOUR))));
        extract(pending("r1"), START);
        extract(completed("r1"), minute(20));

        // When
        extract(failed("r1"), minute(30));

        // Then
        assertThat(sent()).containsExactly(START.toString());
        assertThat(parsed().getStatus()).isEqualTo(Status.EXPECTED);
    }

    @Test
    void shouldGoOnWithoutTheExpectedWhenTheWorkHasBegun() {
        // Given
        extract(completed("r1"), START);
        parse(opened("r1"), minute(10));

        // When
        extract(failed("r1"), START.minusSeconds(1));

        // Then
        assertThat(parsed().getStatus()).isEqualTo(Status.OPEN);
        assertThat(parsed().getFirstOccurredAt()).isEqualTo(minute(10));
    }

    @Test
    void shouldKeepWhatElseIsKnownOfTheExpectedSubject() {
        // Given
        parse(completed("r1"), START.minus(HOUR));
        extract(completed("r1"), START);

        // When
        extract(failed("r1"), START.minusSeconds(1));

        // Then
        assertThat(parsed().getStatus()).isEqualTo(Status.COMPLETED);
        assertThat(parsed().getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldRevokeWhenTheFirstSubjectIsErased() {
        // Given
        extract(completed("r1"), START);

        // When
        extract(erased("r1"), minute(1));

        // Then
        assertThat(ledger.dispositions()).isEmpty();
        assertThat(sent()).containsExactly(START.toString(), "-");
    }

    @Test
    void shouldRevokeWhatAnotherTimeCallsOffWhenTheFirstSubjectIsErased() {
        // Given
        ledger.close();
        ledger = LedgerHarness.of(SETTINGS.expecting(
                List.of(Settings.expecting("parse", "extract", Status.COMPLETED, "parse", Duration.ofMinutes(10)))));
        extract(completed("r1"), START);
        extract(opened("r1"), minute(30));
        ledger.restart(SETTINGS);

        // When
        extract(erased("r1"), minute(31));

        // Then
        assertThat(ledger.dispositions()).isEmpty();
    }

    @Test
    void shouldApplyNothingToAnErasedExpectedSubject() {
        // Given
        parse(erased("r1"), START);

        // When
        extract(completed("r1"), START);
        extract(failed("r1"), START.minusSeconds(1));

        // Then
        assertThat(parsed()).isNull();
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void shouldExpectAgainWhatWasRevokedWhenTheCauseComesBack() {
        // Given
        UUID id = new UUID(7, 1);
        extract(completed("r1"), START);
        extract(opened("r1").eventId(id), minute(10));

        // When
        extract(opened("r1").eventId(id), START.minusSeconds(60));

        // Then
        assertThat(sent()).containsExactly(START.toString(), "-", START.toString());
        assertThat(parsed().getStatus()).isEqualTo(Status.EXPECTED);
    }

    @Test
    void shouldNotRevokeCausesOfCollapsedAttempts() {
        // Given
        for (int run = 1; run <= 40; run++) {
            extract(opened("r1").attempt(run), minute(run * 100L));
            extract(completed("r1").attempt(run), minute(run * 100L + 10));
        }

        // Then
        assertThat(sent()).hasSize(40).doesNotContain("-");
    }

    @Test
    void shouldNotRevokeWithTheDispositionOfTheCause() {
        // Given
        ledger.close();
        Duration retention = Duration.ofMinutes(10);
        ledger = LedgerHarness.of(Settings.of(SETTINGS).retention(retention, retention, HOUR));
        extract(completed("r1"), START);

        // When
        ledger.bothReach(minute(20));
        extract(completed("r1"), START);
        ledger.bothReach(minute(21));

        // Then
        assertThat(sent()).containsExactly(START.toString());
        assertThat(ledger.dispositions()).containsOnlyKeys(PARSED);
    }
}
