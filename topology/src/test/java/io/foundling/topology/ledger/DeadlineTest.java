package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.expected;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Deadline;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which deadline a status gets. Proves rules T1, T2 and T3. */
final class DeadlineTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final LedgerSettings WITH_POLICIES = Settings.of(SETTINGS)
            .policies(
                    new Policy(
                            "exports",
                            Optional.of(SubjectKind.EXPORT),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Duration.ofHours(1)),
                            Duration.ZERO,
                            Optional.empty()),
                    new Policy(
                            "other-source",
                            Optional.empty(),
                            Optional.of("hospital"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Duration.ofHours(2)),
                            Duration.ZERO,
                            Optional.empty()),
                    new Policy(
                            "other-stage",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("archive"),
                            Optional.empty(),
                            Optional.of(Duration.ofHours(3)),
                            Duration.ZERO,
                            Optional.empty()),
                    new Policy(
                            "submitted",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Status.PENDING),
                            Optional.empty(),
                            GRACE,
                            Optional.empty()),
                    Settings.anything("rest", Duration.ofHours(5), GRACE),
                    Settings.anything("never-reached", Duration.ofHours(6), GRACE));

    @Test
    void shouldTakeTheFirstPolicyThatMatches() {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // When
            ledger.send(deferred("r1").kind(SubjectKind.EXPORT));
            ledger.send(deferred("r1").source("hospital"));
            ledger.send(deferred("r1").stage("archive"));
            ledger.send(deferred("r1"));

            // Then
            assertThat(ledger.dispositions().values())
                    .extracting(disposition -> disposition.getDeadline().getRule())
                    .containsExactlyInAnyOrder(
                            "policy:exports", "policy:other-source", "policy:other-stage", "policy:rest");
            assertThat(ledger.disposition("r1").getDeadline())
                    .isEqualTo(new Deadline(START.plus(5, HOURS), GRACE.toMillis(), "policy:rest"));
        }
    }

    @Test
    void shouldTakeTheDueAtOfAnAnnouncementOrElseTheWindow() {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // When
            ledger.send(expected("r1").dueAt(START.plus(1, HOURS)));
            ledger.send(expected("r2"));

            // Then
            assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.EXPECTED);
            assertThat(ledger.disposition("r1").getDeadline())
                    .isEqualTo(new Deadline(START.plus(1, HOURS), GRACE.toMillis(), "dueAt"));
            assertThat(ledger.disposition("r2").getDeadline())
                    .isEqualTo(new Deadline(START.plus(5, HOURS), GRACE.toMillis(), "policy:rest"));
        }
    }

    @Test
    void shouldGiveNoDeadlineWhenTheFirstMatchingPolicyHasNoWindow() {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // When
            ledger.send(pending("r1"));
            ledger.clockReaches(START.plus(9_000, DAYS));

            // Then
            assertThat(ledger.disposition("r1").getDeadline()).isNull();
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldGiveNoDeadlineWhenNoPolicyMatches() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.send(deferred("r1"));
            ledger.clockReaches(START.plus(9_000, DAYS));

            // Then
            assertThat(ledger.disposition("r1").getDeadline()).isNull();
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldPreferTheEventsOwnDeadlineAndKeepThePolicysGrace() {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // When
            ledger.send(deferred("r1").dueAt(START.plus(7, HOURS)));

            // Then
            assertThat(ledger.disposition("r1").getDeadline())
                    .isEqualTo(new Deadline(START.plus(7, HOURS), GRACE.toMillis(), "dueAt"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 946_684_799_999L, 2_400_000_000_000L, Long.MAX_VALUE})
    void shouldReportAnImpossibleDueAtAndApplyThePolicy(long dueAtMs) {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // When
            ledger.send(deferred("r1").dueAt(Instant.ofEpochMilli(dueAtMs)));

            // Then
            assertThat(ledger.violations())
                    .extracting(Violation::getType)
                    .containsExactly(ViolationType.INVALID_DUE_AT);
            assertThat(ledger.disposition("r1").getDeadline().getRule()).isEqualTo("policy:rest");
        }
    }

    @Test
    void shouldReportAnImpossibleExtensionAndKeepTheDeadline() {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // Given
            ledger.send(deferred("r1"));

            // When
            ledger.send(extended("r1", Instant.ofEpochMilli(Long.MAX_VALUE)).at(START.plusMillis(1)));

            // Then
            assertThat(ledger.violations())
                    .extracting(Violation::getType)
                    .containsExactly(ViolationType.INVALID_DUE_AT);
            assertThat(ledger.disposition("r1").getDeadline().getAt()).isEqualTo(START.plus(5, HOURS));
        }
    }

    @Test
    void shouldNeverExpireWhenWindowAndGraceAreLongerThanTimeGoes() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        LedgerSettings settings = Settings.of(SETTINGS).policies(Settings.anything("forever", forever, forever));
        try (LedgerHarness ledger = LedgerHarness.of(settings)) {
            // When
            ledger.send(deferred("r1"));
            ledger.send(deferred("r2").dueAt(START.plus(1, HOURS)));
            ledger.clock().setMs(Long.MAX_VALUE);
            ledger.sweep();

            // Then
            assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("r1"), Events.key("r2"));
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldRunTheWindowFromEnteringTheStatusWhenTheEventIsReadLater() {
        try (LedgerHarness ledger = LedgerHarness.of(WITH_POLICIES)) {
            // Given
            ledger.wallReaches(START.plus(1, HOURS));

            // When
            ledger.send(deferred("r1").at(START));

            // Then
            assertThat(ledger.disposition("r1").getDeadline().getAt()).isEqualTo(START.plus(5, HOURS));
        }
    }
}
