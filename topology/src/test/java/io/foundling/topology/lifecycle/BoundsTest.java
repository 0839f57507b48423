package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stays of subjects with more facts than are kept. Proves rules B1, B2, B3 and L7. */
final class BoundsTest {

    private static final NaiveMoment EARLY = NaiveMoment.unset();

    private final RuledSubject subject = new RuledSubject(new NaiveSettings(0));

    @Test
    void shouldDropMiddleRepeatsFirstWhenFactsAreTooMany() {
        // Given
        arrive(FactType.OPENED, 1_000, 1);

        // When
        for (int i = 0; i < 100; i++) {
            arrive(FactType.PENDING, 2_000 + i, 1);
        }
        arrive(FactType.COMPLETED, 3_000, 1);

        // Then
        assertThat(facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(times(FactType.OPENED)).containsExactly(1_000L);
        assertThat(times(FactType.COMPLETED)).containsExactly(3_000L);
        assertThat(times(FactType.PENDING)).hasSize(62).startsWith(2_000L).endsWith(2_099L);
        assertThat(view().history()).hasSize(1);
    }

    @Test
    void shouldChangeNothingWhenADroppedRepeatArrivesAgain() {
        // Given
        for (int i = 0; i < 70; i++) {
            arrive(FactType.PENDING, 2_000 + i, 1);
        }
        List<Fact> before = facts();

        // When
        arrive(FactType.PENDING, 2_001, 1);

        // Then
        assertThat(facts()).isEqualTo(before);
    }

    @Test
    void shouldCollapseOldestAttemptsWhenDistinctFactsAreTooMany() {
        // When
        attempts(1, 50);

        // Then
        assertThat(facts()).hasSizeLessThanOrEqualTo(Bounds.MAX_FACTS);
        assertThat(subject.state().collapsed().throughAttempt()).isEqualTo(18);
        assertThat(view().attempt()).isEqualTo(50);
        assertThat(view().firstOccurredAtMs()).isEqualTo(11_000);
        assertThat(view().history().stream().map(span -> span.attempt()))
                .containsExactlyElementsOf(IntStream.rangeClosed(41, 50).boxed().toList());
    }

    @Test
    void shouldReportTooLateWhenAFactBelongsToACollapsedAttempt() {
        // Given
        attempts(1, 50);
        Disposition before = subject.state();

        // When
        arrive(FactType.PENDING, 10_500, 7);

        // Then
        assertThat(subject.reportedViolations()).contains(new NaiveViolation(0, ViolationType.TOO_LATE));
        assertThat(facts()).isEqualTo(before.facts());
    }

    @Test
    void shouldReportTooLateWhenAnUnnumberedFactIsOlderThanTheCollapsedPart() {
        // Given
        attempts(0, 50);
        Disposition before = subject.state();

        // When
        arrive(FactType.PENDING, 10_500, 0);

        // Then
        assertThat(subject.reportedViolations()).containsExactly(new NaiveViolation(0, ViolationType.TOO_LATE));
        assertThat(facts()).isEqualTo(before.facts());
    }

    @Test
    void shouldNumberOnFromTheCollapsedAttemptsWhenFactsHaveNoNumbers() {
        // When
        attempts(0, 50);

        // Then
        assertThat(view().attempt()).isEqualTo(50);
        assertThat(view().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldCollapseNothingWhenExtensionsOfAttemptsToComeAreTooMany() {
        // Given
        attempts(1, 31);

        // When
        for (int number = 40; number < 80; number++) {
            subject.arrive(
                    draft(FactType.EXTENDED, 90_000 + number, number)
                            .due(99_000)
                            .event(),
                    EARLY);
        }

        // Then
        assertThat(subject.state().collapsed().throughAttempt()).isZero();
        assertThat(facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(times(FactType.EXTENDED)).containsExactly(90_078L, 90_079L);
    }

    @Test
    void shouldCollapseNothingWhenNumbersOutOfRangeAreTooMany() {
        // Given
        attempts(1, 31);

        // When
        for (int number = 200; number < 240; number++) {
            arrive(FactType.OPENED, 90_000 + number, number);
        }

        // Then
        assertThat(subject.state().collapsed().throughAttempt()).isZero();
        assertThat(facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(facts().get(62).attempt()).isEqualTo(238);
    }

    @Test
    void shouldKeepItsNewestFactsWhenNothingElseCanGo() {
        // When
        for (int number = 200; number < 300; number++) {
            arrive(FactType.OPENED, number, number);
        }

        // Then
        assertThat(facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(facts().get(0).attempt()).isEqualTo(236);
    }

    @Test
    void shouldEmitAndKeepTheWarningOfARecentlyCollapsedAttemptWhenTheClockPassesIt() {
        // Given
        attempts(1, 8);
        subject.arrive(draft(FactType.DEFERRED, 19_000, 9).due(19_100).event(), EARLY);
        arrive(FactType.COMPLETED, 19_200, 9);
        attempts(10, 35);

        // When
        List<NaiveChange> changes = subject.look(NaiveMoment.at(200_000));

        // Then
        assertThat(subject.state().collapsed().throughAttempt()).isBetween(9, 18);
        assertThat(changes)
                .extracting(NaiveChange::kind)
                .containsExactly(NaiveChange.Kind.EMITTED, NaiveChange.Kind.RECOVERED);
        assertThat(subject.look(NaiveMoment.at(300_000))).isEmpty();
        assertThat(view().warnings()).hasSize(1);
    }

    @Test
    void shouldKeepAWarningWhenItsAttemptCollapses() {
        // Given
        subject.arrive(draft(FactType.DEFERRED, 10_000, 1).due(10_100).event(), EARLY);
        subject.look(NaiveMoment.at(20_000));

        // When
        attempts(2, 35);

        // Then
        assertThat(subject.state().collapsed().throughAttempt()).isPositive();
        assertThat(view().warnings()).extracting(NaiveWarning::recoveredAtMs).containsExactly(12_000L);
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
        int lowest = subject.state().collapsed().history().get(0).attempt();
        assertThat(view().warnings())
                .extracting(NaiveWarning::attempt)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(lowest, 300).boxed().toList());
    }

    @Test
    void shouldForgetViolationsOfCollapsedAttemptsAndPublishNoFurtherOnesOfThem() {
        // Given
        for (int number = 1; number <= 300; number++) {
            arrive(FactType.COMPLETED, number * 10, number);
            arrive(FactType.FAILED, number * 10 + 1, number);
        }
        int through = subject.state().collapsed().throughAttempt();
        assertThat(through).isEqualTo(268);
        assertThat(subject.reportedViolations())
                .isEqualTo(IntStream.rangeClosed(through + 1, 300)
                        .mapToObj(number -> new NaiveViolation(number, ViolationType.CONFLICTING_OUTCOME))
                        .collect(Collectors.toSet()));

        // When
        List<Violation> published = subject.violationsOf(
                draft(FactType.FAILED, 20, 2).event(),
                new Violation(ViolationType.TEXT_TRUNCATED, 2, "of a collapsed attempt"));

        // Then
        assertThat(published).extracting(Violation::type).containsExactly(ViolationType.TOO_LATE);
    }

    @Test
    void shouldGrowNoFurtherWhenAttemptsRepeatsAndLateArrivalsGoOn() {
        // Given
        hostile(1, 400);
        long size = size();

        // When
        hostile(401, 2_000);

        // Then
        assertThat(size()).isLessThan(size + size / 10);
    }

    /** Proves rule T12. */
    @Test
    void shouldTakeNoHeartbeatForARestartWhenThoseInTimeAreTooMany() {
        // Given
        subject.arrive(draft(FactType.OPENED, 10_000, 0).due(20_000).event(), EARLY);
        for (int i = 1; i <= 5; i++) {
            subject.arrive(draft(FactType.OPENED, 10_000 + i, 0).due(20_000).event(), EARLY);
        }

        // When
        for (int i = 1; i <= 100; i++) {
            subject.arrive(draft(FactType.OPENED, 21_000 + i, 0).due(31_000).event(), EARLY);
        }

        // Then
        assertThat(subject.look(NaiveMoment.at(30_000)))
                .containsExactly(new NaiveChange(NaiveChange.Kind.EMITTED, 1, Status.OPEN, 0));
    }

    @Test
    void shouldLeaveAFactInItsAttemptWhenTheFactThatPlacedItThereGoes() {
        // Given
        arrive(FactType.DEFERRED, 10_000, 0);
        arrive(FactType.DEFERRED, 10_001, 0);
        subject.arrive(draft(FactType.DEFERRED, 10_002, 0).parent("batch/s/t/1").event(), EARLY);
        subject.arrive(draft(FactType.DEFERRED, 30_000, 0).parent("batch/s/t/2").event(), EARLY);
        assertThat(view().attempt()).isEqualTo(2);

        // When
        for (int i = 0; i < 70; i++) {
            arrive(FactType.DEFERRED, 20_000 + i, 0);
        }

        // Then
        assertThat(times(FactType.DEFERRED)).doesNotContain(10_002L);
        assertThat(view().attempt()).isEqualTo(2);
        assertThat(view().parent()).isEqualTo("batch/s/t/2");
    }

    /** Proves rule L6. */
    @Test
    void shouldKnowHowACollapsedAttemptEndedWhenAFactWithoutANumberFollowsIt() {
        assertThat(violationsAfterCollapse(5_001)).isEmpty();
        assertThat(violationsAfterCollapse(5_000)).containsExactly(new NaiveViolation(0, ViolationType.TOO_LATE));
    }

    /** Reads a fact so long after the outcome of the highest collapsed attempt of a RECORD. */
    private static Set<NaiveViolation> violationsAfterCollapse(long distanceMs) {
        NaiveClocks clocks = new NaiveClocks(true, 300_000, 5_000);
        RuledSubject record = new RuledSubject(new NaiveSettings(0).with(clocks));
        for (int i = 1; i <= 40; i++) {
            record.arrive(draft(FactType.OPENED, i * 1_000_000, 0).event(), EARLY);
            record.arrive(draft(FactType.COMPLETED, i * 1_000_000 + 500_000, 0).event(), EARLY);
        }
        long endedMs = record.state().collapsed().throughAttempt() * 1_000_000L + 500_000;
        record.arrive(draft(FactType.OPENED, endedMs + distanceMs, 0).event(), EARLY);
        assertThat(record.view().orElseThrow().attempt()).isEqualTo(40);
        return record.reportedViolations();
    }

    @Test
    void shouldReportAnAttemptWhenItIsMoreThanAHundredAboveTheCurrentOne() {
        // When
        arrive(FactType.OPENED, 1_000, 1);
        arrive(FactType.OPENED, 2_000, 101);
        arrive(FactType.OPENED, 3_000, 202);

        // Then
        assertThat(view().attempt()).isEqualTo(101);
        assertThat(subject.reportedViolations())
                .containsExactly(new NaiveViolation(202, ViolationType.ATTEMPT_OUT_OF_RANGE));
    }

    /** Proves rule L13. */
    @Test
    void shouldReportNoFurtherViolationsOfASubjectThatHas256() {
        // When
        for (int number = 200; number < 500; number++) {
            arrive(FactType.OPENED, number, number);
        }

        // Then
        assertThat(subject.reportedViolations())
                .hasSize(256)
                .contains(new NaiveViolation(455, ViolationType.ATTEMPT_OUT_OF_RANGE))
                .doesNotContain(new NaiveViolation(456, ViolationType.ATTEMPT_OUT_OF_RANGE));
    }

    /** Each is deferred, is an orphan, and fails too late. */
    private List<NaiveChange> overdueAttempts(int first, int last) {
        List<NaiveChange> changes = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            long startMs = number * 1_000L;
            subject.arrive(
                    draft(FactType.DEFERRED, startMs, number).due(startMs + 10).event(), EARLY);
            changes.addAll(subject.look(NaiveMoment.at(startMs + 20)));
            NaiveEventDraft failed = draft(FactType.FAILED, startMs + 30, number);
            changes.addAll(subject.arrive(failed.event(), NaiveMoment.at(startMs + 40)));
        }
        return changes;
    }

    /** Attempts with an orphan, extensions, two outcomes, two parents, a repeat and a fact of an attempt long gone. */
    private void hostile(int first, int last) {
        for (int number = first; number <= last; number++) {
            long startMs = number * 1_000L;
            List<NaiveEventDraft> drafts = List.of(
                    draft(FactType.DEFERRED, startMs, number)
                            .parent("batch/s/t/1")
                            .due(startMs + 10),
                    draft(FactType.EXTENDED, startMs + 20, number).due(startMs + 30),
                    draft(FactType.EXTENDED, startMs + 40, number).due(startMs + 50),
                    draft(FactType.COMPLETED, startMs + 60, number).parent("batch/s/t/2"),
                    draft(FactType.FAILED, startMs + 61, number),
                    draft(FactType.DEFERRED, startMs + 70, number),
                    draft(FactType.OPENED, startMs - 100_000, Math.max(1, number - 100)),
                    draft(FactType.OPENED, startMs + 80, number + 5_000));
            drafts.forEach(draft -> subject.arrive(draft.event(), NaiveMoment.at(startMs + 90)));
        }
    }

    private long size() {
        return subject.state().toString().length();
    }

    /** Two facts each, a second apart: opened, then failed. */
    private void attempts(int firstNumber, int count) {
        for (int i = 0; i < count; i++) {
            int number = firstNumber == 0 ? 0 : firstNumber + i;
            long startMs = 10_000 + (firstNumber + i) * 1_000;
            arrive(FactType.OPENED, startMs, number);
            arrive(FactType.FAILED, startMs + 500, number);
        }
    }

    private void arrive(FactType type, long occurredAtMs, int attempt) {
        subject.arrive(draft(type, occurredAtMs, attempt).event(), EARLY);
    }

    private static NaiveEventDraft draft(FactType type, long occurredAtMs, int attempt) {
        return NaiveEventDraft.of(type, occurredAtMs).attempt(attempt);
    }

    private NaiveView view() {
        return subject.view().orElseThrow();
    }

    private List<Fact> facts() {
        return subject.state().facts();
    }

    private List<Long> times(FactType type) {
        return facts().stream()
                .filter(fact -> fact.type() == type)
                .map(Fact::occurredAtMs)
                .toList();
    }
}
