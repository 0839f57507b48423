package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.reconciled;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.NameLimit.Use;
import io.foundling.topology.task.DropReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Producers make up names of sources and stages. Proves rules B9, L18, L19 and A6. Closing the harness checks that all
 * subjects and orphans are counted somewhere.
 */
final class InventedNamesTest {

    private static final int MAX_STAGES = 3;
    private static final LedgerSettings SETTINGS = settings();

    @Test
    void shouldCountWhatIsBeyondTheLimitTogetherAndSayItOnce() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < 10; i++) {
                ledger.send(opened("r1").source("s" + i).stage("t" + i));
                ledger.send(opened("").source("s" + i).stage("t" + i));
                ledger.send(completed("c").source("s" + i).stage("t" + i));
                ledger.send(failed("c").source("s" + i).stage("t" + i));
            }

            // When
            reach(ledger, START.plus(10, MINUTES));

            // Then
            assertThat(ledger.listener().subjects()).containsOnlyKeys("s0/t0", "s1/t1", "s2/t2", "/");
            assertThat(ledger.listener().orphans()).isEqualTo(Map.of("s0/t0", 1L, "s1/t1", 1L, "s2/t2", 1L, "/", 7L));
            assertThat(ledger.listener().withoutId())
                    .isEqualTo(Map.of("s0/t0/Opened", 1L, "s1/t1/Opened", 1L, "s2/t2/Opened", 1L, "//Opened", 7L));
            assertThat(ledger.alerts()).hasSize(8);
            assertThat(ledger.alerts().get("orphaned//").getCount()).isEqualTo(7);
            assertThat(ledger.alerts().get("orphaned//").getAnnotations().get("summary"))
                    .isEqualTo("7 subjects of further sources and stages are orphans: still awaiting past their"
                            + " deadlines");
            assertThat(ledger.alerts().get("violations//").getCount()).isEqualTo(14);
            assertThat(ledger.listener().countedTogether())
                    .containsExactlyInAnyOrder(
                            Use.TALLIES, Use.EVENTS_WITHOUT_ID, Use.ALERT_GROUPS, Use.CLOCK_REPORTS, Use.HEARD_SOURCES);
            assertThat(ledger.clockReports()).hasSizeLessThanOrEqualTo(MAX_STAGES + 1);
        }
    }

    @Test
    void shouldCountScopesOfFurtherStagesTogether() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < 5; i++) {
                ledger.send(declared("2026", Duration.ofMinutes(5))
                        .kind(SubjectKind.SCOPE)
                        .stage("t" + i));
                ledger.send(reconciled("2026", CheckStatus.FAILED, LocalDate.ofInstant(START, ZoneOffset.UTC))
                        .stage("t" + i));
            }

            // When
            reach(ledger, START.plus(10, MINUTES));

            // Then
            assertThat(ledger.alerts().keySet())
                    .containsExactlyInAnyOrder(
                            "stale_scope/university/t0",
                            "stale_scope/university/t1",
                            "stale_scope/university/t2",
                            "stale_scope//",
                            "reconciliation/university/t0",
                            "reconciliation/university/t1",
                            "reconciliation/university/t2",
                            "reconciliation//");
            assertThat(ledger.alerts().get("stale_scope//").getCount()).isEqualTo(2);
            assertThat(ledger.alerts().get("stale_scope//").getAnnotations().get("summary"))
                    .contains("further sources and stages");
            assertThat(ledger.alerts().get("reconciliation//").getCount()).isEqualTo(2);
            assertThat(ledger.alerts().get("reconciliation//").getAnnotations().get("summary"))
                    .contains("further sources and stages");
        }
    }

    @Test
    void shouldGiveAPlaceUpAndNeverCountASubjectInTwoPlaces() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < 5; i++) {
                ledger.send(opened("r1").stage("t" + i));
            }
            reach(ledger, START.plus(10, MINUTES));

            // When
            for (int i = 0; i < 3; i++) {
                ledger.send(completed("r1").stage("t" + i).at(ledger.now()));
            }
            reach(ledger, START.plus(2, HOURS));
            reach(ledger, START.plus(10, HOURS));
            ledger.restart();
            reach(ledger, START.plus(11, HOURS));
            ledger.send(opened("r2").stage("t3").at(ledger.now()));
            ledger.send(completed("r1").stage("t3").at(ledger.now()));
            reach(ledger, START.plus(12, HOURS));

            // Then
            assertThat(ledger.listener().subjects()).containsOnlyKeys("/");
            assertThat(ledger.listener().orphans()).isEqualTo(Map.of("/", 2L));
            assertThat(ledger.alerts().get("orphaned//").getCount()).isEqualTo(2);
            ledger.send(completed("r1").stage("t4").at(ledger.now()));
            ledger.send(completed("r2").stage("t3").at(ledger.now()));
            reach(ledger, START.plus(14, HOURS));
            reach(ledger, START.plus(24, HOURS));
            ledger.send(opened("r9").stage("t9").at(ledger.now()));
            reach(ledger, ledger.now().plus(1, HOURS));
            assertThat(ledger.listener().subjects().get("university/t9")).containsEntry("awaiting", 1L);
            assertThat(ledger.alerts().get("orphaned/university/t9").getCount()).isEqualTo(1);
            assertThat(ledger.alerts().get("orphaned//").getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldForgetAnAccountOfViolationsToWhichNothingWasAddedForLong() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("r1"));
            ledger.send(failed("r1"));
            reach(ledger, START.plus(2, HOURS));
            ledger.restart();

            // When
            reach(ledger, START.plus(1, DAYS).plus(2, HOURS));
            boolean isForgotten = ledger.store().contents().keySet().stream().noneMatch(key -> key.get()[0] == 0x43);
            ledger.send(completed("r2").at(ledger.now()));
            ledger.send(failed("r2").at(ledger.now()));
            reach(ledger, ledger.now().plus(1, MINUTES));

            // Then
            assertThat(isForgotten).isTrue();
            assertThat(ledger.alerts().get("violations/university/declaration").getCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldKnowThatFurtherSourcesDroppedEvents() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < 5; i++) {
                ledger.send(deferred("r1").source("s" + i).dropped(1));
            }

            // When
            reach(ledger, START.plus(10, MINUTES));

            // Then
            assertThat(ledger.orphans()).hasSize(5);
            assertThat(ledger.orphans().values())
                    .allSatisfy(warning -> assertThat(warning.getIncomplete()).isTrue());
            assertThat(stored(ledger, 0x07)).isEqualTo(MAX_STAGES + 1);
            assertThat(ledger.listener().dropped().stream()
                            .map(DropReport::source)
                            .distinct())
                    .hasSize(MAX_STAGES + 1)
                    .contains("");
            reach(ledger, START.plus(5, HOURS));
            assertThat(stored(ledger, 0x07)).isZero();
        }
    }

    private static long stored(LedgerHarness ledger, int kind) {
        return ledger.store().contents().keySet().stream()
                .filter(key -> key.get()[0] == kind)
                .count();
    }

    private static void reach(LedgerHarness ledger, Instant time) {
        ledger.bothReach(time);
        for (int i = 0; i < 8; i++) {
            ledger.bothReach(ledger.now().plusSeconds(2));
        }
    }

    private static LedgerSettings settings() {
        LedgerSettings base = Settings.of(LedgerSettings.defaults("audit.events", 1))
                .policies(Settings.anything("any", Duration.ofMinutes(5), Duration.ofMinutes(1)));
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                base.sweep(),
                new LedgerSettings.Retention(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(4), MAX_STAGES),
                base.settlement(),
                new LedgerSettings.Alerting(
                        Duration.ofHours(1), Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(1)),
                base.policies());
    }
}
