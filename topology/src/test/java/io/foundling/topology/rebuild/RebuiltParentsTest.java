package io.foundling.topology.rebuild;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Pending;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parents with several attempts go on over stores that were made anew. Proves rule R6. */
final class RebuiltParentsTest {

    private static final String BATCH = SubjectKey.of(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "b1");

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldNotLetAMemberWaitAgainThatEndedWithItsCancelledParent() {
        // Given
        ledger.send(deferred("r1").parent("b1").dueAt(START.plus(2, HOURS)));
        ledger.send(batch(cancelled("b1")).at(START.plus(1, MINUTES)));
        reach(START.plus(10, MINUTES));
        ledger.send(batch(opened("b1")).at(START.plus(11, MINUTES)));
        ledger.send(completed("r2").parent("b1").at(START.plus(12, MINUTES)));
        ledger.send(batch(completed("b1")).at(START.plus(13, MINUTES)));
        reach(START.plus(30, MINUTES));
        assertThat(ledger.settlements()).containsOnlyKeys(key(1), key(2));
        var before = ledger.disposition("r1");
        assertThat(before.getEndedWithParentAt()).isEqualTo(START.plus(1, MINUTES));

        // When
        ledger.rebuild();
        reach(START.plus(3, HOURS));

        // Then
        assertThat(ledger.orphanStory()).isEmpty();
        assertThat(ledger.disposition("r1")).isEqualTo(before);
    }

    @Test
    void shouldGoOnMissingAMemberOfAnAttemptBelowTheTenThatAreKept() {
        // Given
        reach(start(5));
        run(5);
        ledger.send(deferred("r5").parent("b1").at(start(5)));
        for (int attempt = 10; attempt < 20; attempt++) {
            reach(start(attempt));
            run(attempt);
        }
        reach(start(20));
        assertThat(settlement(5).getMissing()).containsExactly(Events.key("r5"));
        var alerts = ledger.alerts();
        var settlements = ledger.settlements();

        // When
        ledger.rebuild();
        reach(start(21));

        // Then
        assertThat(ledger.alerts()).isEqualTo(alerts);
        assertThat(ledger.settlements()).isEqualTo(settlements);

        // And when
        ledger.send(completed("r5").parent("b1").at(start(21)));
        reach(start(22));

        // Then
        assertThat(settlement(5).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
        assertThat(ledger.alerts().get(alert(5)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldGoOnCountingAMemberAsMovedThatTriesAgainInTheAttemptUnderWay() {
        // Given
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(batch(completed("b1")).at(START.plus(1, MINUTES)));
        reach(START.plus(10, MINUTES));
        ledger.send(batch(opened("b1")).at(START.plus(11, MINUTES)));
        ledger.send(deferred("r1").attempt(2).parent("b1").at(START.plus(12, MINUTES)));
        reach(START.plus(20, MINUTES));
        assertThat(settlement(1).getMoved()).isEqualTo(1);
        var settlements = ledger.settlements();

        // When
        ledger.rebuild();
        reach(START.plus(21, MINUTES));

        // Then
        assertThat(ledger.settlements()).isEqualTo(settlements);

        // And when
        ledger.send(completed("r1").attempt(2).parent("b1").at(START.plus(21, MINUTES)));
        ledger.send(batch(completed("b1")).at(START.plus(22, MINUTES)));
        reach(START.plus(40, MINUTES));

        // Then
        assertThat(settlement(1)).isEqualTo(settlements.get(key(1)));
        assertThat(settlement(2).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
    }

    @Test
    void shouldInventNobodyWhenAMissingMemberCameBackBeforeTheSettlementWasCorrected() {
        // Given
        ledger.send(submitted(3));
        for (int member = 1; member <= 3; member++) {
            ledger.send(deferred("r" + member).parent("b1"));
        }
        ledger.send(completed("r1").parent("b1").at(START.plus(1, MINUTES)));
        ledger.send(completed("r2").parent("b1").at(START.plus(1, MINUTES)));
        ledger.send(batch(completed("b1")).at(START.plus(2, MINUTES)));
        reach(START.plus(10, MINUTES));
        reach(START.plus(26, HOURS));
        assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("r3"));

        // When
        ledger.send(completed("r3").parent("b1").at(START.plus(26, HOURS)));
        assertThat(settlement(1).getOrphaned()).isEqualTo(1);
        ledger.rebuild();
        reach(START.plus(27, HOURS));

        // Then
        assertThat(settlement(1).getReturned()).isEqualTo(Map.of("COMPLETED", 3L));
        assertThat(settlement(1).getDeferred()).isEqualTo(3);
        assertThat(settlement(1).getUnseen()).isZero();
        assertThat(ledger.alerts().values()).extracting(Alert::getStatus).containsOnly(AlertStatus.RESOLVED);
    }

    @Test
    void shouldNotCountMembersOfAnEarlierAttemptOfAForgottenParent() {
        // Given
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(failed("r1").parent("b1").at(START.plus(1, MINUTES)));
        ledger.send(batch(completed("b1")).at(START.plus(2, MINUTES)));
        reach(START.plus(10, MINUTES));
        ledger.send(batch(opened("b1")).at(START.plus(11, MINUTES)));
        ledger.send(deferred("r2").parent("b1").at(START.plus(12, MINUTES)));
        ledger.send(batch(completed("b1")).at(START.plus(13, MINUTES)));
        reach(START.plus(30, MINUTES));
        reach(START.plus(26, HOURS));
        assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("r1"), Events.key("r2"));

        // When
        ledger.rebuild();
        ledger.send(completed("r2").parent("b1").at(START.plus(26, HOURS)));
        reach(START.plus(27, HOURS));

        // Then
        assertThat(settlement(2).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
    }

    @Test
    void shouldLeaveSettlementsOfFormerAttemptsAsTheyWere() {
        // Given: three attempts were settled and forgotten, and a fourth one runs
        ledger.send(completed("r1").parent("b1").at(start(1)));
        for (int attempt = 1; attempt <= 3; attempt++) {
            reach(start(attempt));
            run(attempt);
        }
        for (int day = 1; day <= 12; day++) {
            reach(START.plus(day, DAYS));
        }
        assertThat(ledger.dispositions()).isEmpty();
        ledger.send(batch(opened("b1")).at(START.plus(12, DAYS)));
        reach(START.plus(12, DAYS).plus(1, HOURS));
        var settlements = ledger.settlements();
        assertThat(settlements).containsOnlyKeys(key(1), key(2), key(3));
        assertThat(settlement(1).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
        Disposition before = ledger.dispositions().get(BATCH);
        assertThat(before.getHistory()).extracting(Attempt::getAttempt).containsExactly(3, 4);

        // When
        ledger.rebuild();
        for (int attempt = 1; attempt <= 3; attempt++) {
            run(attempt);
        }
        reach(START.plus(12, DAYS).plus(2, HOURS));

        // Then
        assertThat(ledger.settlements()).isEqualTo(settlements);
        assertThat(ledger.dispositions().get(BATCH)).isEqualTo(before);
    }

    @Test
    void shouldKeepTheNumberThatAnEarlierAttemptAnnounced() {
        // Given
        ledger.send(submitted(2));
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(batch(completed("b1")).at(START.plus(1, MINUTES)));
        reach(START.plus(10, MINUTES));
        ledger.send(batch(opened("b1")).at(START.plus(11, MINUTES)));
        reach(START.plus(12, MINUTES));
        assertThat(settlement(1).getExpected()).isEqualTo(2);

        // When
        ledger.rebuild();
        ledger.send(completed("r1").parent("b1").at(START.plus(12, MINUTES)));
        reach(START.plus(13, MINUTES));

        // Then
        assertThat(settlement(1).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
        assertThat(settlement(1).getExpected()).isEqualTo(2);
        assertThat(settlement(1).getUnseen()).isEqualTo(1);
    }

    /** A batch every month goes on under one id: settlements of earlier months were removed. */
    @Test
    void shouldNotPublishASettlementAgainThatWasRemoved() {
        // Given
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(batch(completed("b1")).at(START.plus(1, MINUTES)));
        reach(START.plus(10, MINUTES));
        assertThat(settlement(1).getMissing()).containsExactly(Events.key("r1"));
        ledger.send(batch(opened("b1")).at(START.plus(11, MINUTES)));
        reach(START.plus(91, DAYS));
        reach(START.plus(92, DAYS));
        assertThat(ledger.settlements()).isEmpty();
        assertThat(ledger.dispositions().get(BATCH).getHistory()).hasSize(2);
        var orphans = ledger.orphanStory();
        var alerts = ledger.alerts();

        // When
        ledger.rebuild();
        reach(START.plus(92, DAYS).plus(1, MINUTES));
        var orphansAfter = ledger.orphanStory();
        ledger.send(completed("r1").parent("b1").at(ledger.now()));
        reach(START.plus(92, DAYS).plus(2, MINUTES));

        // Then
        assertThat(ledger.settlements()).isEmpty();
        assertThat(ledger.alerts().get(alert(1))).isEqualTo(alerts.get(alert(1)));
        assertThat(orphansAfter).isEqualTo(orphans);
    }

    private void run(int attempt) {
        ledger.send(batch(opened("b1")).attempt(attempt).at(start(attempt)));
        ledger.send(batch(completed("b1")).attempt(attempt).at(start(attempt).plus(1, MINUTES)));
    }

    private static Instant start(int attempt) {
        return START.plus(attempt * 10L, MINUTES);
    }

    private Settlement settlement(int attempt) {
        return ledger.settlements().get(key(attempt));
    }

    private static String alert(int attempt) {
        return "settlement/" + SubjectKey.encode(BATCH) + '/' + attempt;
    }

    private static String key(int attempt) {
        return BATCH + '/' + attempt;
    }

    private static Events submitted(long members) {
        return batch(Events.of("b1", new Pending(START, START, 0L, null, null, null, null, members)));
    }

    private static Events batch(Events event) {
        return event.kind(SubjectKind.BATCH);
    }

    /** Lets accounts and alerts follow. */
    private void reach(Instant time) {
        ledger.bothReach(time);
        for (int second = 1; second <= 4; second++) {
            ledger.wallReaches(time.plusSeconds(second));
        }
    }
}
