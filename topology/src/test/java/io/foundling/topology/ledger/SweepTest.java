package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanMark;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep does with due entries. Proves rules T13, T14, T18, T19, R4 and B6. */
final class SweepTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Instant DUE = START.plus(1, HOURS);

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void shouldEmitNothingWhenTheClockIsNotPastDeadlineAndGrace(long relativeMs) {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));

            // When
            ledger.clockReaches(DUE.plusMillis(relativeMs));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldEmitAWarningWhenTheClockIsAMillisecondPastDeadlineAndGrace() {
        Duration grace = Duration.ofMinutes(3);
        LedgerSettings settings = Settings.of(SETTINGS).policies(Settings.anything("any", Duration.ofHours(1), grace));
        try (LedgerHarness ledger = LedgerHarness.of(settings)) {
            // Given
            ledger.send(deferred("r1"));
            ledger.clockReaches(DUE.plus(grace));
            assertThat(ledger.orphanStory()).isEmpty();

            // When
            ledger.clockReaches(DUE.plus(grace).plusMillis(1));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
            assertThat(ledger.disposition("r1").getMarks())
                    .singleElement()
                    .extracting(OrphanMark::getStartsAt, OrphanMark::getDetectedAt, OrphanMark::getRule)
                    .containsExactly(DUE, ledger.now(), "policy:any");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void shouldEmitNothingWhenTheRecordReturnedByItsDeadline(long relativeMs) {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.wallReaches(DUE.plusSeconds(1));
            ledger.send(completed("r1").at(DUE.plusMillis(relativeMs)));

            // When
            ledger.clockReaches(DUE.plus(1, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldEmitWarningAndRecoveryWhenTheRecordReturnedAMillisecondAfterItsDeadline() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.wallReaches(DUE.plusSeconds(1));
            ledger.send(completed("r1").at(DUE.plusMillis(1)));

            // When
            ledger.clockReaches(DUE.plusMillis(1));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 RECOVERY 1 DEFERRED -");
        }
    }

    @Test
    void shouldEmitAWarningOnceWhenTheTaskRestartsBetweenDeadlineAndSweep() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.clock().set(DUE.plusMillis(1));
            ledger.restart();
            assertThat(ledger.orphanStory()).isEmpty();

            // When
            ledger.clockReaches(DUE.plusMillis(1));
            ledger.restart();
            ledger.clockReaches(DUE.plus(1, HOURS));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldTakeTheRestNextTimeWhenMoreIsDueThanOneSweepMayTake() {
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(SETTINGS).maxExpiriesPerSweep(3))) {
            // Given
            for (int i = 0; i < 8; i++) {
                ledger.send(deferred("r" + i).dueAt(i < 6 ? DUE : DUE.plusMillis(i)));
            }

            // When
            ledger.clockReaches(DUE.plus(1, HOURS));

            // Then
            assertThat(ledger.orphanStory())
                    .containsExactly("r0 ORPHANED 1 DEFERRED", "r1 ORPHANED 1 DEFERRED", "r2 ORPHANED 1 DEFERRED");
            ledger.sweep();
            ledger.sweep();
            assertThat(ledger.orphans()).hasSize(8);
            assertThat(ledger.listener().sweeps()).containsExactly(3, 3, 2);
        }
    }

    @Test
    void shouldPutAnEntryBackForTenMinutesAndServeTheOthersWhenTheFirstOneFails() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.send(deferred("r2").dueAt(DUE.plusMillis(1)));
            ledger.store().failAt(StoredKeys.subject("r1"));
            Instant swept = DUE.plus(1, HOURS);

            // When
            ledger.clockReaches(swept);

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r2 ORPHANED 1 DEFERRED");
            assertThat(ledger.listener().entriesFailed()).isEqualTo(1);
            ledger.store().failAt(null);
            ledger.clockReaches(swept.plus(10, MINUTES));
            assertThat(ledger.orphans()).doesNotContainKey(Events.key("r1"));
            ledger.clockReaches(swept.plus(10, MINUTES).plusMillis(1));
            assertThat(ledger.orphans()).containsOnlyKeys(Events.key("r1"), Events.key("r2"));
            assertThat(ledger.listener().entriesFailed()).isEqualTo(1);
        }
    }

    @Test
    void shouldEmitAWarningThatWasDueBeforeTheCursor() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.clockReaches(START.plus(2, HOURS));
            ledger.wallReaches(START.plus(2, HOURS));
            ledger.restart();

            // When
            ledger.send(deferred("r2").at(START.plus(2, HOURS)).dueAt(DUE.plus(30, MINUTES)));
            ledger.clockReaches(START.plus(2, HOURS).plusMillis(1));

            // Then
            assertThat(ledger.orphans()).containsOnlyKeys(Events.key("r1"), Events.key("r2"));
        }
    }

    @Test
    void shouldNotTouchTheStoreWhenNothingIsDue() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r0").dueAt(START.plus(1, MINUTES)));
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.clockReaches(START.plus(2, MINUTES));
            int before = ledger.store().accesses();

            // When
            ledger.clockReaches(DUE);

            // Then
            assertThat(ledger.store().accesses()).isEqualTo(before);
            ledger.clockReaches(DUE.plusMillis(1));
            assertThat(ledger.store().accesses()).isGreaterThan(before);
        }
    }

    @Test
    void shouldNotTouchTheStoreWhenTheTaskStartsAndNothingIsDue() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.sweep();
            ledger.restart();
            int before = ledger.store().accesses();

            // When
            ledger.clockReaches(DUE);

            // Then
            assertThat(ledger.store().accesses()).isEqualTo(before);
        }
    }

    @Test
    void shouldReadAndWriteOnceWhenAnEventArrives() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            int before = ledger.store().accesses();

            // When
            ledger.send(deferred("r1").dueAt(DUE));

            // Then: the event reads once. The commit reads three times, and writes what is logged and what is not.
            assertThat(ledger.store().accesses()).isEqualTo(before + 6);
        }
    }

    @Test
    void shouldReadOnceAndWriteNothingWhenADuplicateArrives() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Events event = deferred("r1").dueAt(DUE);
            ledger.send(event);
            ledger.clockReaches(DUE.plusMillis(1));
            int before = ledger.store().accesses();

            // When
            ledger.send(event);

            // Then
            assertThat(ledger.store().accesses()).isEqualTo(before + 1);
        }
    }

    @Test
    void shouldDropAnEntryThatItsSubjectNoLongerNeeds() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Bytes stale = StoredKeys.expiry(START.plus(10, MINUTES), Events.key("gone"));
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.store().overwrite(stale, new byte[] {0});
            ledger.restart();

            // When
            ledger.clockReaches(START.plus(20, MINUTES));

            // Then
            assertThat(ledger.store().contents()).doesNotContainKeys(stale, StoredKeys.subject("gone"));
            ledger.clockReaches(DUE.plusMillis(1));
            assertThat(ledger.orphans()).containsOnlyKeys(Events.key("r1"));
        }
    }

    @Test
    void shouldDropAnEntryThatWasPutBackWhenItsSubjectIsGone() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Bytes putBack = StoredKeys.expiry(START.plus(10, MINUTES), Events.key("gone"));
            ledger.store().overwrite(putBack, new byte[] {1});
            ledger.restart();

            // When
            ledger.clockReaches(START.plus(20, MINUTES));

            // Then
            assertThat(ledger.store().contents()).doesNotContainKeys(putBack, StoredKeys.subject("gone"));
        }
    }

    @Test
    void shouldMoveTheEntryForwardWhenAnEventBringsTheDeadlineForward() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(START).dueAt(DUE));

            // When
            ledger.send(deferred("r1").at(START.minusMillis(1)).dueAt(START.plus(10, MINUTES)));
            ledger.clockReaches(START.plus(10, MINUTES).plusMillis(1));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
            assertThat(ledger.store().contents()).doesNotContainKey(StoredKeys.expiry(DUE, Events.key("r1")));
        }
    }

    @Test
    void shouldForgetASubjectThatOnlyEverHadMetadata() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(annotated("r1").metadata("k", "v"));
            assertThat(ledger.store().contents()).containsKey(StoredKeys.subject("r1"));

            // When
            ledger.clockReaches(START.plus(SETTINGS.retention().memory()).plusMillis(1));

            // Then
            assertThat(ledger.store().contents()).doesNotContainKey(StoredKeys.subject("r1"));
        }
    }

    @Test
    void shouldForgetASubjectThatOnlyEverHadViolations() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").attempt(0));
            assertThat(ledger.violations()).hasSize(1);

            // When
            ledger.clockReaches(START.plus(SETTINGS.retention().memory()).plusMillis(1));

            // Then
            assertThat(ledger.store().contents()).doesNotContainKey(StoredKeys.subject("r1"));
        }
    }

    @Test
    void shouldWriteThePublishedKeysAsUtf8() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            String id = "ŁÓDŹ 7";

            // When
            ledger.send(deferred(id).dueAt(DUE));

            // Then
            assertThat(ledger.dispositions()).containsOnlyKeys("record/university/declaration/%C5%81%C3%93D%C5%B9%207");
            assertThat(ledger.disposition(id).getSubject().getId().getBytes(UTF_8))
                    .hasSize(9);
        }
    }

    /** One transaction spans all tasks of a thread, and must not outlive its timeout. */
    @Test
    void shouldLeaveTheRestForTheNextSweepWhenItsTimeIsUp() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < 20; i++) {
                ledger.send(deferred("r" + i).dueAt(START.plus(1, HOURS)));
            }
            ledger.sweep();
            ledger.restartInAHurry();

            // When
            ledger.clockReaches(START.plus(2, HOURS));
            int emittedAtOnce = ledger.listener().warningsEmitted();
            for (int sweep = 0; sweep < 20; sweep++) {
                ledger.sweep();
            }

            // Then
            assertThat(emittedAtOnce).isBetween(1, 19);
            assertThat(ledger.listener().warningsEmitted()).isEqualTo(20);
        }
    }

    @Test
    void shouldReportNoSweepWhileAPassOnlyWaitsForTheClock() {
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(SETTINGS).maxExpiriesPerSweep(3))) {
            // Given
            for (int i = 0; i < 20; i++) {
                ledger.send(deferred("r" + i).parent("b1"));
            }
            ledger.send(completed("b1").kind(SubjectKind.BATCH));
            ledger.clockReaches(START.plus(5, MINUTES));
            assertThat(ledger.orphanStory()).isNotEmpty().hasSizeLessThan(20);
            ledger.restart();
            int before = ledger.listener().sweeps().size();

            // When
            ledger.sweep();
            ledger.sweep();

            // Then
            assertThat(ledger.listener().sweeps()).hasSize(before);
        }
    }
}
