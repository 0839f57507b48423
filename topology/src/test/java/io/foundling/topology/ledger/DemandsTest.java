package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.of;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.retrying;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Completed;
import io.foundling.audit.Pending;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.lifecycle.SingleRun;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy demands of the events of a subject, and of its runs. Proves rules F4, L13, L21 and R6. */
final class DemandsTest {

    private LedgerHarness ledger = demanding(true, SingleRun.ANY);

    @AfterEach
    void close() {
        ledger.close();
    }

    private static LedgerHarness demanding(boolean expectsOutput, SingleRun singleRun) {
        return LedgerHarness.of(Settings.of(LedgerSettings.defaults("audit.events", 1))
                .policies(
                        new Policy(
                                "first",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Status.OPEN),
                                Optional.empty(),
                                Duration.ZERO,
                                Optional.empty()),
                        Settings.demanding(expectsOutput, singleRun)));
    }

    private void restart(boolean expectsOutput, SingleRun singleRun) {
        ledger.close();
        ledger = demanding(expectsOutput, singleRun);
    }

    private static Events run(Events event, int attempt, long second) {
        return event.kind(SubjectKind.SCOPE).attempt(attempt).at(START.plusSeconds(second));
    }

    private void send(Events event) {
        ledger.send(event, event.build().getOccurredAt());
    }

    private List<String> found() {
        return ledger.violations().stream().map(DemandsTest::brief).toList();
    }

    private static String brief(Violation violation) {
        return violation.getType() + " " + violation.getAttempt();
    }

    private static Events said(String id, String hash, Long durationMs, Map<String, Long> counts) {
        return of(id, new Completed(hash, durationMs, counts));
    }

    @Test
    void shouldReportACompletedThatSaysNothingOfItsWork() {
        // When
        send(completed("r1"));
        send(said("r2", "sha-1", null, Map.of()));
        send(said("r3", null, 0L, Map.of()));
        send(said("r4", null, null, Map.of("rows", 0L)));
        send(failed("r5"));

        // Then
        assertThat(found()).containsExactly("HOLLOW 0");
        assertThat(ledger.violations().get(0).getSubject().getId()).isEqualTo("r1");
        assertThat(ledger.violations().get(0).getMessage()).contains("expectsOutput");
        assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void shouldReportAHollowEventOnceForEachAttemptAcrossARestart() {
        // Given
        send(run(completed("s1"), 1, 0));

        // When
        ledger.restart();
        send(run(completed("s1"), 1, 0));
        send(run(completed("s1").number(2), 1, 1));
        send(run(completed("s1"), 2, 10));

        // Then
        assertThat(found()).containsExactly("HOLLOW 1", "HOLLOW 2");
    }

    @Test
    void shouldDemandNothingWherePoliciesDoNot() {
        // Given
        restart(false, null);

        // When
        send(completed("r1"));
        overlap();

        // Then
        assertThat(found()).isEmpty();
    }

    private void overlap() {
        send(run(opened("s1"), 1, 0));
        send(run(opened("s1"), 2, 1_800));
        send(run(said("s1", "sha", null, Map.of()), 1, 3_600));
    }

    @Test
    void shouldReportARunThatBeganWhileAnotherWasActive() {
        // When
        overlap();

        // Then
        assertThat(found()).containsExactly("DUPLICATE_ACTIVE 2");
        assertThat(ledger.violations().get(0).getMessage()).contains("attempt 2", "attempt 1", "singleRun");
    }

    /** Up to allowedLag, two clocks may say in which order one run ended and the next began. */
    @ParameterizedTest
    @EnumSource
    void shouldTakeAnEndWithinTheAllowedLagForOneBefore(SingleRun singleRun) {
        // Given
        restart(false, singleRun);
        send(run(opened("s1"), 1, 0));
        send(run(opened("s1"), 2, 100));
        send(run(completed("s1"), 1, 0).at(START.plusSeconds(105)));
        List<String> atTheLimit = found();
        send(run(opened("s2"), 1, 0));
        send(run(opened("s2"), 2, 100));

        // When
        send(run(retrying("s2"), 1, 0).at(START.plusSeconds(105).plusMillis(1)));

        // Then
        assertThat(atTheLimit).isEmpty();
        assertThat(found()).containsExactly("DUPLICATE_ACTIVE 2");
    }

    @Test
    void shouldNotReportARunThatFollowsOneThatWasKilled() {
        // When
        send(run(declared("s1"), 1, 0));
        send(run(opened("s1"), 1, 0));
        send(run(opened("s1"), 2, 1_800));
        send(run(said("s1", "sha", null, Map.of()), 2, 3_600));

        // Then
        assertThat(found()).isEmpty();
    }

    @Test
    void shouldNotTakeARepeatedEndForAnActiveRun() {
        // When
        send(run(opened("s1"), 1, 0));
        send(run(failed("s1"), 1, 60));
        send(run(opened("s1"), 2, 1_800));
        send(run(failed("s1").number(2), 1, 3_600));

        // Then
        assertThat(found()).isEmpty();
    }

    @Test
    void shouldCompareOnlyRunsThatAreTheSameByTheFieldOfThePolicy() {
        // Given
        restart(false, SingleRun.SAME_DETAIL);

        // When
        send(run(opened("s1").detail("2019"), 1, 0));
        send(run(opened("s1").detail("2024"), 2, 1_000));
        send(run(opened("s1").detail("2019"), 3, 2_000));
        send(run(completed("s1"), 1, 3_000));
        send(run(completed("s1"), 2, 3_000));

        // Then
        assertThat(found()).containsExactly("DUPLICATE_ACTIVE 3");
    }

    @Test
    void shouldTakeRunsWithAnotherExternalIdForOthers() {
        // Given
        restart(false, SingleRun.SAME_EXTERNAL_ID);

        // When
        send(run(submitted("a"), 1, 0).detail("x"));
        send(run(submitted("b"), 2, 1_000).detail("x"));
        send(run(submitted("a"), 3, 2_000).detail("y"));
        send(run(completed("s1"), 1, 3_000));
        send(run(completed("s1"), 2, 3_000));

        // Then
        assertThat(found()).containsExactly("DUPLICATE_ACTIVE 3");
    }

    private static Events submitted(String externalId) {
        return of("s1", new Pending(START, START, 0L, null, null, null, externalId, null));
    }

    @Test
    void shouldTakeRunsUnderAnotherParentForOthers() {
        // Given
        restart(false, SingleRun.SAME_PARENT);

        // When
        send(run(opened("s1"), 1, 0).parent("b1").detail("x"));
        send(run(opened("s1"), 2, 1_000).parent("b2").detail("x"));
        send(run(opened("s1"), 3, 2_000).parent("b1").detail("y"));
        send(run(completed("s1"), 1, 3_000));
        send(run(completed("s1"), 2, 3_000));

        // Then
        assertThat(found()).containsExactly("DUPLICATE_ACTIVE 3");
    }

    @Test
    void shouldNotReportAnOverlapAgainAfterARebuild() {
        // Given
        overlap();

        // When
        ledger.rebuild();
        send(run(said("s1", "sha", null, Map.of()), 2, 4_000));

        // Then
        assertThat(found()).containsExactly("DUPLICATE_ACTIVE 2");
    }

    @Test
    void shouldReportTheSameInWhateverOrderRunsAreRead() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            restart(false, SingleRun.ANY);
            List<Events> events = new ArrayList<>(List.of(
                    run(opened("s1"), 1, 0),
                    run(deferred("s1"), 2, 100),
                    run(completed("s1"), 1, 200),
                    run(completed("s1"), 2, 300),
                    run(opened("s1"), 3, 290),
                    run(opened("s1"), 4, 400),
                    run(completed("s1"), 3, 395)));
            events.addAll(events.subList(0, 4));
            Collections.shuffle(events, new Random(seed));

            // When
            events.forEach(this::send);

            // Then
            assertThat(found())
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder("DUPLICATE_ACTIVE 2", "DUPLICATE_ACTIVE 3");
        }
    }

    @Test
    void shouldRefuseAPolicyThatDemandsSomethingOfOneStatus() {
        // Given
        PolicyMatch open =
                new PolicyMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Status.OPEN));

        // When / Then
        assertThatThrownBy(() -> new Policy(
                        "p",
                        open,
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        new Demands(true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy 'p' has status OPEN and demands something, must have no status to do so");
    }

    @Test
    void shouldRefuseAPolicyThatWantsASingleRunOfWhatHasNone() {
        // Given
        PolicyMatch batches =
                new PolicyMatch(Optional.of(SubjectKind.BATCH), Optional.empty(), Optional.empty(), Optional.empty());

        // When / Then
        assertThatThrownBy(() -> new Policy(
                        "p",
                        batches,
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        new Demands(
                                false,
                                Optional.of(SingleRun.ANY),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "policy 'p' has kind BATCH and singleRun or freshBy, must have kind SCOPE or none: only scopes have runs");
    }

    @Test
    void shouldRefuseAPolicyThatCountsMembersOfWhatHasNone() {
        // Given
        PolicyMatch records =
                new PolicyMatch(Optional.of(SubjectKind.RECORD), Optional.empty(), Optional.empty(), Optional.empty());

        // When / Then
        assertThatThrownBy(() -> new Policy(
                        "p",
                        records,
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        Settings.counting("rows").demands()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "policy 'p' has kind RECORD and memberCount, must have kind BATCH, EXPORT or none: only these have members");
    }

    @Test
    void shouldCountViolationsOfDemandsInTheirAlert() {
        // When
        overlap();
        ledger.bothReach(START.plusSeconds(4_000));
        ledger.bothReach(START.plusSeconds(4_010));

        // Then
        assertThat(ledger.violations()).extracting(Violation::getType).containsExactly(ViolationType.DUPLICATE_ACTIVE);
        assertThat(ledger.alerts()).containsKey("violations/university/declaration");
    }
}
