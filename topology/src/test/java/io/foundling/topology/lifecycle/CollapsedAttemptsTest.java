package io.foundling.topology.lifecycle;

import static io.foundling.topology.lifecycle.CrowdedSubject.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays of attempts that collapsed, and what their late facts do. Proves rules B2 and B3. */
final class CollapsedAttemptsTest {

    private static final NaiveClocks RECORD = new NaiveClocks(true, 300_000, 5_000);
    private static final NaiveViolation TOO_LATE = new NaiveViolation(0, ViolationType.TOO_LATE);

    private final CrowdedSubject subject = new CrowdedSubject(new NaiveSettings(0));

    @Test
    void shouldCollapseOldestAttemptsWhenDistinctFactsAreTooMany() {
        // When
        subject.attempts(1, 50);

        // Then
        assertThat(subject.facts()).hasSizeLessThanOrEqualTo(Bounds.MAX_FACTS);
        assertThat(subject.rules().state().collapsed().throughAttempt()).isEqualTo(18);
        assertThat(subject.view().attempt()).isEqualTo(50);
        assertThat(subject.view().firstOccurredAtMs()).isEqualTo(11_000);
        assertThat(subject.view().history().stream().map(span -> span.attempt()))
                .containsExactlyElementsOf(IntStream.rangeClosed(41, 50).boxed().toList());
    }

    @Test
    void shouldReportTooLateWhenAFactBelongsToACollapsedAttempt() {
        // Given
        subject.attempts(1, 50);
        Disposition before = subject.rules().state();

        // When
        subject.arrive(FactType.PENDING, 10_500, 7);

        // Then
        assertThat(subject.rules().reportedViolations()).contains(new NaiveViolation(0, ViolationType.TOO_LATE));
        assertThat(subject.facts()).isEqualTo(before.facts());
    }

    @Test
    void shouldReportTooLateWhenAnUnnumberedFactIsOlderThanTheCollapsedPart() {
        // Given
        subject.attempts(0, 50);
        Disposition before = subject.rules().state();

        // When
        subject.arrive(FactType.PENDING, 10_500, 0);

        // Then
        assertThat(subject.rules().reportedViolations()).containsExactly(new NaiveViolation(0, ViolationType.TOO_LATE));
        assertThat(subject.facts()).isEqualTo(before.facts());
    }

    @Test
    void shouldNumberOnFromTheCollapsedAttemptsWhenFactsHaveNoNumbers() {
        // When
        subject.attempts(0, 50);

        // Then
        assertThat(subject.view().attempt()).isEqualTo(50);
        assertThat(subject.view().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldEmitAndKeepTheWarningOfARecentlyCollapsedAttemptWhenTheClockPassesIt() {
        // Given
        subject.attempts(1, 8);
        subject.arrive(draft(FactType.DEFERRED, 19_000, 9).due(19_100));
        subject.arrive(FactType.COMPLETED, 19_200, 9);
        subject.attempts(10, 35);

        // When
        List<NaiveChange> changes = subject.rules().look(NaiveMoment.at(200_000));

        // Then
        assertThat(subject.rules().state().collapsed().throughAttempt()).isBetween(9, 18);
        assertThat(changes)
                .extracting(NaiveChange::kind)
                .containsExactly(NaiveChange.Kind.EMITTED, NaiveChange.Kind.RECOVERED);
        assertThat(subject.rules().look(NaiveMoment.at(300_000))).isEmpty();
        assertThat(subject.view().warnings()).hasSize(1);
    }

    @Test
    void shouldKeepAWarningWhenItsAttemptCollapses() {
        // Given
        subject.arrive(draft(FactType.DEFERRED, 10_000, 1).due(10_100));
        subject.rules().look(NaiveMoment.at(20_000));

        // When
        subject.attempts(2, 35);

        // Then
        assertThat(subject.rules().state().collapsed().throughAttempt()).isPositive();
        assertThat(subject.view().warnings())
                .extracting(NaiveWarning::recoveredAtMs)
                .containsExactly(12_000L);
    }

    /** A closing counts for a collapsed attempt, too, whether it is read before or after. Proves rules P8 and P9. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldJudgeAMemberByTheClosingOfItsParentWhenItsAttemptCollapses(boolean closedBefore) {
        // Given
        Map<String, List<NaiveClosing>> closings = Map.of(
                "batch/s/t/1", List.of(NaiveClosing.cancelled(1, 10_050)),
                "batch/s/t/2", List.of(NaiveClosing.closed(1, 11_050)));
        RuledSubject rules = subject.rules();
        NaiveMoment before = closedBefore ? new NaiveMoment(NaiveMoment.UNSET, 0, closings) : NaiveMoment.unset();
        rules.arrive(
                draft(FactType.DEFERRED, 10_000, 1)
                        .parent("batch/s/t/1")
                        .due(10_100)
                        .event(),
                before);
        rules.arrive(draft(FactType.DEFERRED, 11_000, 2).parent("batch/s/t/2").event(), before);

        // When
        for (int number = 3; number <= 35; number++) {
            rules.arrive(
                    draft(FactType.OPENED, number * 10_000, number)
                            .parent("batch/s/t/3")
                            .event(),
                    before);
            rules.arrive(draft(FactType.FAILED, number * 10_000 + 1, number).event(), before);
        }
        rules.look(new NaiveMoment(999_999, 0, closings));

        // Then
        assertThat(rules.state().collapsed().throughAttempt()).isEqualTo(3);
        assertThat(subject.view().warnings())
                .containsExactly(new NaiveWarning(
                        2, Status.DEFERRED, 0, OrphanReason.PARENT_CLOSED, 11_000, 11_050, "closure", 30_000));
    }

    @Test
    void shouldForgetRecoveredWarningsOfCollapsedAttemptsWithoutWithdrawingThem() {
        // When
        List<NaiveChange> changes = overdueAttempts(1, 300);

        // Then
        assertThat(changes)
                .filteredOn(change -> change.kind() == NaiveChange.Kind.EMITTED)
                .hasSize(300);
        assertThat(changes)
                .filteredOn(change -> change.kind() == NaiveChange.Kind.RECOVERED)
                .hasSize(300);
        assertThat(changes).hasSize(600);
        int lowest = subject.rules().state().collapsed().history().get(0).attempt();
        assertThat(subject.view().warnings())
                .extracting(NaiveWarning::attempt)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(lowest, 300).boxed().toList());
    }

    @Test
    void shouldForgetViolationsOfCollapsedAttemptsAndPublishNoFurtherOnesOfThem() {
        // Given
        for (int number = 1; number <= 300; number++) {
            subject.arrive(FactType.COMPLETED, number * 10, number);
            subject.arrive(FactType.FAILED, number * 10 + 1, number);
        }
        int through = subject.rules().state().collapsed().throughAttempt();
        assertThat(through).isEqualTo(268);
        assertThat(subject.rules().reportedViolations())
                .isEqualTo(IntStream.rangeClosed(through + 1, 300)
                        .mapToObj(number -> new NaiveViolation(number, ViolationType.CONFLICTING_OUTCOME))
                        .collect(Collectors.toSet()));

        // When
        List<Violation> published = subject.rules()
                .violationsOf(
                        draft(FactType.FAILED, 20, 2).event(),
                        new Violation(ViolationType.TEXT_TRUNCATED, 2, "of a collapsed attempt"));

        // Then
        assertThat(published).extracting(Violation::type).containsExactly(ViolationType.TOO_LATE);
    }

    @Test
    void shouldKnowWhatCollapsedAttemptsHeld() {
        // Given
        subject.arrive(FactType.DECLARED, 1_000, 1);
        subject.arrive(FactType.COMPLETED, 1_500, 1);

        // When
        subject.attempts(2, 50);

        // Then
        Collapsed collapsed = subject.rules().state().collapsed();
        assertThat(collapsed.throughAttempt()).isEqualTo(19);
        assertThat(collapsed.scope().declaration().isInForce()).isTrue();
        assertThat(collapsed.firstOccurredAtMs()).isEqualTo(1_000);
        assertThat(collapsed.lastOccurredAtMs()).isEqualTo(10_000 + 19 * 1_000 + 500);
        assertThat(collapsed.history()).hasSize(Collapsed.MAX_HISTORY);
        assertThat(collapsed.end().statuses()).containsExactlyInAnyOrder(Status.OPEN, Status.FAILED);
    }

    /** Proves rule L6. */
    @Test
    void shouldKnowHowACollapsedAttemptEndedWhenAFactWithoutANumberFollowsIt() {
        assertThat(violationsAfterCollapse(FactType.COMPLETED, FactType.OPENED, 5_001))
                .isEmpty();
        assertThat(violationsAfterCollapse(FactType.COMPLETED, FactType.OPENED, 5_000))
                .containsExactly(TOO_LATE);
        assertThat(violationsAfterCollapse(FactType.RETRYING, FactType.PENDING, 5_001))
                .isEmpty();
        assertThat(violationsAfterCollapse(FactType.RETRYING, FactType.PENDING, 5_000))
                .containsExactly(TOO_LATE);
        assertThat(violationsAfterCollapse(FactType.RETRYING, FactType.OPENED, 1))
                .isEmpty();
    }

    /** Reads a fact so long after the end of the highest collapsed attempt of a RECORD. */
    private static Set<NaiveViolation> violationsAfterCollapse(FactType end, FactType type, long distanceMs) {
        CrowdedSubject record = new CrowdedSubject(new NaiveSettings(0).with(RECORD));
        for (int i = 1; i <= 40; i++) {
            record.arrive(FactType.OPENED, i * 1_000_000, 0);
            record.arrive(end, i * 1_000_000 + 500_000, 0);
        }
        long endedMs = record.rules().state().collapsed().throughAttempt() * 1_000_000L + 500_000;
        record.arrive(type, endedMs + distanceMs, 0);
        assertThat(record.view().attempt()).isEqualTo(40);
        return record.rules().reportedViolations();
    }

    /** Proves rule L6. */
    @Test
    void shouldTakeAnEndForThatOfTheNextRunWhenTheAttemptBeforeHasCollapsed() {
        assertThat(violationsAfterCollapse(5_001, 5_020, FactType.PENDING)).isEmpty();
        assertThat(violationsAfterCollapse(5_000, 5_020, FactType.PENDING))
                .as("close to the end before")
                .containsExactly(TOO_LATE);
        assertThat(violationsAfterCollapse(8_000, 8_020, FactType.OPENED))
                .as("a status was repeated behind the end before")
                .containsExactly(TOO_LATE);
    }

    /**
     * Reads a beginning and then the end before it, so long after the outcome of the highest collapsed attempt of a
     * RECORD, behind which another status follows.
     */
    private static Set<NaiveViolation> violationsAfterCollapse(long endMs, long beginMs, FactType behind) {
        CrowdedSubject record = new CrowdedSubject(new NaiveSettings(0).with(RECORD));
        for (int i = 1; i <= 40; i++) {
            record.arrive(FactType.OPENED, i * 1_000_000, 0);
            record.arrive(FactType.COMPLETED, i * 1_000_000 + 500_000, 0);
            record.arrive(behind, i * 1_000_000 + 502_000, 0);
        }
        long endedMs = record.rules().state().collapsed().throughAttempt() * 1_000_000L + 500_000;
        record.arrive(FactType.OPENED, endedMs + beginMs, 0);
        record.arrive(FactType.COMPLETED, endedMs + endMs, 0);
        return record.rules().reportedViolations();
    }

    /** Each is deferred, is an orphan, and fails too late. */
    private List<NaiveChange> overdueAttempts(int first, int last) {
        List<NaiveChange> changes = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            long startMs = number * 1_000L;
            subject.arrive(draft(FactType.DEFERRED, startMs, number).due(startMs + 10));
            changes.addAll(subject.rules().look(NaiveMoment.at(startMs + 20)));
            NaiveEventDraft failed = draft(FactType.FAILED, startMs + 30, number);
            changes.addAll(subject.rules().arrive(failed.event(), NaiveMoment.at(startMs + 40)));
        }
        return changes;
    }
}
