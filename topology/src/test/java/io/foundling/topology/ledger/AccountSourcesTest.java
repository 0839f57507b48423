package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.DropReport;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the ledger counts for alerts beside its orphans. Proves rules T20, A4 and A5. */
final class AccountSourcesTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);

    @Test
    void shouldAlertViolationsOfAStageAndResolveWhenNoneCameForAWhile() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("r1").attempt(1));
            ledger.send(failed("r1").attempt(1).at(START.plus(1, MILLIS)));
            ledger.send(failed("r2").attempt(1));
            ledger.send(completed("r2").attempt(1).at(START.plus(1, MILLIS)));

            // When
            ledger.bothReach(START.plusSeconds(3));
            ledger.bothReach(START.plusSeconds(6));
            Alert firing = ledger.alerts().get("violations/university/declaration");
            ledger.bothReach(START.plus(2, HOURS));
            ledger.bothReach(START.plus(2, HOURS).plusSeconds(2));

            // Then
            assertThat(firing.getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(firing.getCount()).isEqualTo(2);
            assertThat(firing.getSamples()).containsExactly(Events.key("r1"), Events.key("r2"));
            assertThat(ledger.alerts().get("violations/university/declaration").getStatus())
                    .isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldCountSubjectsThatAreNoneTogether() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("r1").source(" "));
            ledger.send(completed("r1").stage("\n"));

            // When
            ledger.bothReach(START.plusSeconds(3));
            ledger.bothReach(START.plusSeconds(6));

            // Then
            assertThat(ledger.alerts()).containsOnlyKeys("violations//");
            assertThat(ledger.alerts().get("violations//").getCount()).isEqualTo(2);
        }
    }

    @Test
    void shouldAlertAPausedClockAndResolveWhenItGoesOn() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.clock().set(START);
            ledger.wallReaches(START.plusSeconds(65));
            ledger.wallReaches(START.plusSeconds(67));
            ledger.wallReaches(START.plusSeconds(69));
            assertThat(ledger.alerts()).as("more than a minute behind").containsOnlyKeys("clock");

            // When
            ledger.bothReach(START.plusSeconds(70));
            ledger.bothReach(START.plusSeconds(73));

            // Then
            assertThat(ledger.alerts().get("clock").getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldResolveTheAlertOfAPausedClockWhenItGoesOnAfterARestart() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.clock().set(START);
            ledger.wallReaches(START.plusSeconds(66));
            ledger.wallReaches(START.plusSeconds(69));
            assertThat(ledger.alerts().get("clock").getStatus()).isEqualTo(AlertStatus.FIRING);

            // When
            ledger.restart();
            ledger.bothReach(START.plusSeconds(70));
            ledger.bothReach(START.plusSeconds(73));

            // Then
            assertThat(ledger.alerts().get("clock").getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldCountAPausedClockOnceWhenItIsStillPausedAfterARestart() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.clock().set(START);
            ledger.wallReaches(START.plusSeconds(66));
            ledger.restart();

            // When
            ledger.clock().set(START);
            ledger.wallReaches(START.plusSeconds(69));
            ledger.wallReaches(START.plusSeconds(72));

            // Then
            assertThat(ledger.alerts().get("clock").getCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotAlertAClockThatIsAsFarBehindAsAllowed() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.clock().set(START);
            ledger.wallReaches(START.plusSeconds(60));
            ledger.wallReaches(START.plusSeconds(65));

            // Then
            assertThat(ledger.alerts()).isEmpty();
        }
    }

    @Test
    void shouldAlertAClockThatIsNotSetForAWhileAfterTheStart() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.clock().setMs(AuditClock.UNSET);
            ledger.wallReaches(START.plusSeconds(61));
            ledger.wallReaches(START.plusSeconds(64));

            // Then
            assertThat(ledger.alerts().get("clock").getSamples()).containsExactly("partition 0");
        }
    }

    @Test
    void shouldAlertOffsetsThatWereDeletedUnread() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.clock().losesOffsets("audit.events", 0, 41);
            ledger.bothReach(START.plusSeconds(3));
            ledger.bothReach(START.plusSeconds(6));

            // Then
            assertThat(ledger.alerts().get("gap/audit.events").getCount()).isEqualTo(41);
        }
    }

    @Test
    void shouldCountDeletedOffsetsOnceWhenTheNextLifeFindsThemAgain() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.clock().losesOffsets("audit.events", 10, 51);
            ledger.bothReach(START.plusSeconds(3));
            ledger.restart();

            // When
            ledger.clock().losesOffsets("audit.events", 10, 51);
            ledger.bothReach(START.plusSeconds(6));
            ledger.bothReach(START.plusSeconds(9));

            // Then
            assertThat(ledger.alerts().get("gap/audit.events").getCount()).isEqualTo(41);
            assertThat(ledger.listener().gap("audit.events")).isEqualTo(41);
        }
    }

    @Test
    void shouldCountOnlyWhatIsNewWhenTheNextLifeFindsALargerGap() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.clock().losesOffsets("audit.events", 10, 51);
            ledger.bothReach(START.plusSeconds(3));
            ledger.restart();

            // When
            ledger.clock().losesOffsets("audit.events", 10, 52);
            ledger.clock().losesOffsets("audit.legacy", 10, 20);
            ledger.bothReach(START.plusSeconds(6));
            ledger.bothReach(START.plusSeconds(9));

            // Then
            assertThat(ledger.alerts().get("gap/audit.events").getCount()).isEqualTo(42);
            assertThat(ledger.alerts().get("gap/audit.legacy").getCount()).isEqualTo(10);
        }
    }

    @Test
    void shouldSayIncompleteWhenAProducerOfTheSourceReportsDroppedEvents() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("other").dropped(3));
            ledger.restart();

            // When
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.send(deferred("r1").source("hospital").dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(2, HOURS));
            ledger.bothReach(START.plus(2, HOURS).plusSeconds(3));

            // Then
            assertThat(ledger.orphans().get(Events.key("r1")).getIncomplete()).isTrue();
            assertThat(ledger.orphans().get("record/hospital/declaration/r1").getIncomplete())
                    .isFalse();
            assertThat(ledger.alerts().get("orphaned/university/declaration").getAnnotations())
                    .containsEntry("completeness", "INCOMPLETE");
            assertThat(ledger.alerts().get("orphaned/hospital/declaration").getAnnotations())
                    .doesNotContainKey("completeness");
        }
    }

    @Test
    void shouldForgetDroppedEventsAfterAWhile() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("other").dropped(3));
            Instant later = START.plus(7, DAYS).plusMillis(1);

            // When
            ledger.bothReach(later);
            ledger.send(deferred("r1").at(later).dueAt(later));
            ledger.bothReach(later.plusSeconds(10));

            // Then
            assertThat(ledger.orphans().get(Events.key("r1")).getIncomplete()).isFalse();
        }
    }

    @Test
    void shouldReportWhatEachEventOfAnIncompleteSourceSaysOfDroppedEvents() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.send(completed("r1"));
            ledger.send(completed("r2").dropped(3).at(START.plus(1, MILLIS)));
            ledger.send(completed("r3").source("hospital"));
            ledger.restart();
            ledger.send(completed("r4").at(START.plus(2, MILLIS)));
            ledger.send(completed("r5").dropped(-1));

            // Then
            assertThat(ledger.listener().dropped())
                    .extracting(DropReport::dropped)
                    .containsExactly(3L, 0L, 0L);
            assertThat(ledger.listener().dropped())
                    .extracting(DropReport::source, DropReport::service, DropReport::instance)
                    .containsOnly(tuple("university", "declarations", "pod-1"));
            assertThat(ledger.listener().dropped())
                    .extracting(DropReport::occurredAtMs)
                    .contains(START.toEpochMilli() + 1, START.toEpochMilli() + 2);
        }
    }

    @Test
    void shouldReportNoDroppedEventsOfEventsThatAreNotApplied() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.send(completed("r1").dropped(3).at(Instant.EPOCH));

            // Then
            assertThat(ledger.listener().dropped()).isEmpty();
        }
    }

    /** Proves rule A6. */
    @Test
    void shouldSendFiveThousandAccountsAtOnceAndTheRestASecondLater() {
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(SETTINGS).maxStages(10_000))) {
            // Given
            for (int stage = 0; stage <= 5_000; stage++) {
                ledger.send(deferred("r1").stage("s" + stage).dueAt(Instant.EPOCH));
            }

            // When
            ledger.sweep();
            long afterTheFirst = unsent(ledger);
            ledger.wallReaches(START.plusMillis(1_199));
            long beforeTheSecond = unsent(ledger);
            ledger.wallReaches(START.plusMillis(1_200));

            // Then
            assertThat(afterTheFirst).isEqualTo(1);
            assertThat(beforeTheSecond).isEqualTo(1);
            assertThat(unsent(ledger)).isZero();
        }
    }

    /** Returns how many accounts changed since they were sent. */
    private static long unsent(LedgerHarness ledger) {
        return ledger.store().contents().entrySet().stream()
                .filter(each -> each.getKey().get()[0] == 0x43 && each.getValue()[0] == 1)
                .count();
    }
}
