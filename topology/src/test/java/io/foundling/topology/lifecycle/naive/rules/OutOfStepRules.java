package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveAttempt;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Facts without a number after an end, or at it: out of step, or the next attempt. Proves rules L6, L10, L12 and L14. */
public interface OutOfStepRules extends LifecycleExamples {

    long SECOND = 1_000;
    long LAG = 5 * SECOND;
    long SKEW = 300 * SECOND;

    /** An outcome happens at this time in these examples. */
    long T = 1_000 * SECOND;

    NaiveClocks RECORD = new NaiveClocks(true, SKEW, LAG);
    NaiveClocks OTHER_KIND = new NaiveClocks(false, SKEW, LAG);

    default NaiveView view(NaiveClocks clocks, NaiveEventDraft... events) {
        LifecycleUnderTest forward = read(clocks, Arrays.asList(events));
        List<NaiveEventDraft> reversed = Arrays.asList(events.clone());
        Collections.reverse(reversed);
        assertThat(read(clocks, reversed).view()).isEqualTo(forward.view());
        return forward.view().orElseThrow();
    }

    private LifecycleUnderTest read(NaiveClocks clocks, List<NaiveEventDraft> events) {
        LifecycleUnderTest subject = newSubject(SETTINGS.with(clocks));
        events.forEach(event -> subject.arrive(event.event(), NaiveMoment.unset()));
        return subject;
    }

    /** Checks that the last fact joins the attempt before it up to a distance from T, and starts the next beyond it. */
    private void assertDistance(long distanceMs, NaiveClocks clocks, FactType type, NaiveEventDraft... before) {
        assertDistance(distanceMs, clocks, type, "", before);
    }

    private void assertDistance(
            long distanceMs, NaiveClocks clocks, FactType type, String parent, NaiveEventDraft... before) {
        NaiveEventDraft[] events = Arrays.copyOf(before, before.length + 1);
        if (distanceMs > 0) {
            events[before.length] =
                    NaiveEventDraft.of(type, T + distanceMs).parent(parent).id(9, 9);
            assertThat(view(clocks, events).attempt()).as("at the distance").isEqualTo(1);
        }
        events[before.length] =
                NaiveEventDraft.of(type, T + distanceMs + 1).parent(parent).id(9, 9);
        NaiveView beyond = view(clocks, events);
        assertThat(beyond.attempt()).as("beyond the distance").isEqualTo(2);
        assertThat(beyond.status()).isEqualTo(type.status());
    }

    @Test
    default void shouldStayCompletedWhenASlowReporterDefersAfterTheOutcome() {
        // When
        LifecycleUnderTest subject =
                read(RECORD, List.of(completed(T), deferred(T + 20).due(T + 60 * SECOND)));

        // Then
        assertThat(lookAt(T + SKEW * 10, subject)).isEmpty();
        NaiveView view = subject.view().orElseThrow();
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.warnings()).isEmpty();
        assertThat(view.history()).containsExactly(new NaiveAttempt(1, Status.COMPLETED, T, T));
        assertThat(subject.reportedViolations()).isEmpty();
    }

    @Test
    default void shouldBelongToTheParentThatAFactOutOfStepNames() {
        assertThat(view(RECORD, completed(T), deferred(T + 20).parent("batch/s/t/1"))
                        .parent())
                .isEqualTo("batch/s/t/1");
    }

    @Test
    default void shouldStayCompletedWhenTheHostOfTheOutcomeIsThreeMinutesSlow() {
        // When
        NaiveView view = view(RECORD, completed(T), deferred(T + 170 * SECOND), pending(T + 180 * SECOND));

        // Then
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
        assertThat(view.attempt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "DEFERRED", "PENDING"})
    default void shouldAllowTheSkewWhenARecordEndedWellAndLacksTheStatus(FactType type) {
        assertDistance(SKEW, RECORD, type, completed(T));
        assertDistance(SKEW, RECORD, type, skipped(T));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "DEFERRED", "PENDING"})
    default void shouldAllowTheLagWhenARecordEndedWellAndHasTheStatus(FactType type) {
        NaiveEventDraft first = NaiveEventDraft.of(type, T - 60 * SECOND);
        assertDistance(LAG, RECORD, type, first, completed(T));
        assertDistance(LAG, RECORD, type, first, skipped(T));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "DEFERRED", "PENDING"})
    default void shouldAllowTheLagOnlyForAMissingStatusWhenARecordFailedOrItIsNoRecord(FactType type) {
        NaiveEventDraft first = NaiveEventDraft.of(type, T - 60 * SECOND);
        for (NaiveEventDraft end : List.of(failed(T), cancelled(T))) {
            assertDistance(LAG, RECORD, type, end);
            assertDistance(0, RECORD, type, first, end);
        }
        for (NaiveEventDraft end : List.of(completed(T), skipped(T), failed(T), cancelled(T))) {
            assertDistance(LAG, OTHER_KIND, type, end);
            assertDistance(0, OTHER_KIND, type, first, end);
        }
    }

    @Test
    default void shouldAllowTheLagWhenAnotherParentIsNamed() {
        NaiveEventDraft first = deferred(T - 60 * SECOND).parent("batch/s/t/1");
        assertDistance(LAG, RECORD, FactType.PENDING, "batch/s/t/2", first, completed(T));
        assertDistance(SKEW, RECORD, FactType.PENDING, "batch/s/t/1", first, completed(T));
        assertDistance(SKEW, RECORD, FactType.PENDING, "batch/s/t/2", deferred(T - 60 * SECOND), completed(T));
        assertDistance(LAG, RECORD, FactType.DEFERRED, "batch/s/t/2", first, completed(T));
        assertDistance(0, RECORD, FactType.DEFERRED, "batch/s/t/2", first, failed(T));
        assertDistance(LAG, RECORD, FactType.PENDING, "batch/s/t/2", first, failed(T));
    }

    @Test
    default void shouldCountFromTheLatestOutcomeButJudgeByTheFirst() {
        assertDistance(LAG, RECORD, FactType.DEFERRED, failed(T - SECOND), completed(T));
        assertDistance(SKEW, RECORD, FactType.DEFERRED, completed(T - SECOND), failed(T));
        assertDistance(SKEW, RECORD, FactType.DEFERRED, completed(T - SKEW), completed(T));
    }

    @Test
    default void shouldBeginAtOnceWhenTheAttemptIsRetired() {
        assertDistance(0, RECORD, FactType.DEFERRED, completed(T - SECOND), retired(T));
        assertDistance(0, RECORD, FactType.DECLARED, completed(T - SECOND), retired(T));
        assertDistance(0, RECORD, FactType.DEFERRED, retrying(T - SECOND), retired(T));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "DEFERRED", "PENDING"})
    default void shouldAllowTheLagOnlyForAMissingStatusWhenAnotherTryWasPromised(FactType type) {
        NaiveEventDraft first = NaiveEventDraft.of(type, T - 60 * SECOND);
        for (NaiveClocks clocks : List.of(RECORD, OTHER_KIND)) {
            assertDistance(LAG, clocks, type, retrying(T));
            assertDistance(LAG, clocks, type, retrying(T - SECOND), retrying(T));
            assertDistance(0, clocks, type, first, retrying(T));
        }
        assertDistance(SKEW, RECORD, type, retrying(T - SECOND), completed(T));
        assertDistance(SKEW, RECORD, type, completed(T - SECOND), retrying(T));
        assertDistance(LAG, RECORD, type, retrying(T - SECOND), failed(T));
    }

    @Test
    default void shouldBeginAtOnceWhenATryWasPromisedAndAnotherParentIsNamed() {
        NaiveEventDraft first = deferred(T - 60 * SECOND).parent("batch/s/t/1");
        assertDistance(0, RECORD, FactType.PENDING, "batch/s/t/2", first, retrying(T));
        assertDistance(LAG, RECORD, FactType.PENDING, "batch/s/t/1", first, retrying(T));
    }

    @Test
    default void shouldStayRetryingWhenASlowReporterDefersAfterTheFailure() {
        // When
        LifecycleUnderTest subject = read(
                RECORD,
                List.of(retrying(T).due(T + 60 * SECOND), deferred(T + 20).due(T + 30 * SECOND)));
        lookAt(T + SKEW * 10, subject);

        // Then
        NaiveView view = subject.view().orElseThrow();
        assertThat(view.history()).containsExactly(new NaiveAttempt(1, Status.RETRYING, T, Times.NEVER));
        assertThat(view.warnings()).containsExactly(active(Status.RETRYING, T, T + 60 * SECOND));
        assertThat(subject.reportedViolations()).isEmpty();
    }

    @Test
    default void shouldFollowQuicklyWhenATryWasPromisedBefore() {
        // Given
        NaiveEventDraft[] runs = {deferred(T), retrying(T + SECOND), deferred(T + 3 * SECOND), completed(T + 4 * SECOND)
        };

        // When / Then
        assertThat(view(RECORD, append(runs, deferred(T + 6 * SECOND))).attempt())
                .isEqualTo(3);
        assertThat(view(RECORD, append(runs, pending(T + 6 * SECOND))).attempt())
                .as("no such run")
                .isEqualTo(2);
    }

    @Test
    default void shouldNotBeginWhenADeclarationFollowsAnOutcome() {
        assertThat(view(RECORD, declared(T - SECOND), completed(T), declared(T + 2 * SKEW))
                        .attempt())
                .isEqualTo(1);
    }

    @Test
    default void shouldBeginWhenAnAnnouncementFollowsAnOutcome() {
        assertDistance(SKEW, RECORD, FactType.EXPECTED, completed(T));
        assertDistance(LAG, RECORD, FactType.EXPECTED, declared(T - SECOND), completed(T));
        assertDistance(0, OTHER_KIND, FactType.EXPECTED, declared(T - SECOND), completed(T));
        assertDistance(0, RECORD, FactType.EXPECTED, retired(T));
        assertThat(view(RECORD, retrying(T), NaiveEventDraft.of(FactType.EXPECTED, T + SKEW * 2))
                        .attempt())
                .isEqualTo(1);
    }

    @Test
    default void shouldHoldTheStatusOnceAFactOutOfStepHasJoined() {
        // When
        NaiveView other = view(OTHER_KIND, completed(T), pending(T + 20), pending(T + 40));
        NaiveView record = view(RECORD, completed(T), deferred(T + 20), deferred(T + LAG + 1));

        // Then
        assertThat(other.attempt()).isEqualTo(2);
        assertThat(record.attempt()).isEqualTo(2);
    }

    @Test
    default void shouldStayInTheAttemptWhenPendingOfABatchComesJustAfterItsOutcome() {
        // When
        NaiveView view = view(OTHER_KIND, opened(T - 60 * SECOND), completed(T), pending(T + 300));

        // Then
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
        assertThat(view.attempt()).isEqualTo(1);
    }

    @Test
    default void shouldBeginTheNextAttemptAtOnceWhenARunLiesBetweenTheLastTwoOutcomes() {
        // Given: the second Deferred is out of step, the third shows that runs follow quickly
        NaiveEventDraft[] runs = {
            deferred(T), completed(T + SECOND), deferred(T + 3 * SECOND), completed(T + 4 * SECOND)
        };

        // When / Then
        assertThat(view(RECORD, runs).attempt()).isEqualTo(1);
        assertThat(view(RECORD, append(runs, deferred(T + 6 * SECOND))).attempt())
                .isEqualTo(2);
        assertThat(view(RECORD, append(runs, pending(T + 6 * SECOND))).attempt())
                .as("no such run")
                .isEqualTo(1);
    }

    @Test
    default void shouldNotFollowQuicklyWhenTheOutcomesAreFarApart() {
        // Given
        long last = T + 1 + 3 * LAG;

        // When
        NaiveView near = view(
                RECORD,
                deferred(T - SECOND),
                completed(T + 1),
                deferred(T + 2 * LAG),
                completed(last),
                deferred(last + SECOND));
        NaiveView far = view(
                RECORD,
                deferred(T - SECOND),
                completed(T),
                deferred(T + 2 * LAG),
                completed(last),
                deferred(last + SECOND));

        // Then
        assertThat(near.attempt()).isEqualTo(3);
        assertThat(far.attempt()).isEqualTo(2);
    }

    @Test
    default void shouldNotFollowQuicklyWhenOutcomesRepeatWithoutARunBetween() {
        assertThat(view(RECORD, deferred(T - LAG), completed(T), completed(T + SECOND), deferred(T + 2 * SECOND))
                        .attempt())
                .isEqualTo(1);
    }

    @Test
    default void shouldGoOnQuicklyWhenTheAttemptItselfBeganQuickly() {
        // Given
        NaiveEventDraft[] runs = {
            deferred(T),
            completed(T + SECOND),
            deferred(T + 3 * SECOND),
            completed(T + 4 * SECOND),
            deferred(T + 6 * SECOND),
            completed(T + 60 * SECOND)
        };

        // When: long after the outcome before, so that only the way in which attempt 2 began decides
        NaiveView quick = view(RECORD, append(runs, deferred(T + 61 * SECOND)));
        NaiveView slowAgain = view(
                RECORD,
                append(
                        append(append(runs, deferred(T + 90 * SECOND)), completed(T + 120 * SECOND)),
                        deferred(T + 121 * SECOND)));

        // Then
        assertThat(quick.attempt()).isEqualTo(3);
        assertThat(slowAgain.attempt()).as("attempt 3 began after a pause").isEqualTo(3);
    }

    @Test
    default void shouldReportAStepBackOnlyBeyondTheLag() {
        // Given
        NaiveEventDraft higher = pending(T).attempt(1);
        NaiveViolation backward = new NaiveViolation(1, ViolationType.BACKWARD_TRANSITION);

        // When / Then
        assertThat(read(RECORD, List.of(higher, deferred(T + LAG).attempt(1))).reportedViolations())
                .isEmpty();
        assertThat(read(RECORD, List.of(higher, deferred(T + LAG + 1).attempt(1)))
                        .reportedViolations())
                .containsExactly(backward);
        assertThat(read(RECORD, List.of(pending(T), deferred(T + LAG + 1))).reportedViolations())
                .containsExactly(backward);
    }

    @Test
    default void shouldReportNoStepBackWhenAFactIsOutOfStep() {
        assertThat(read(RECORD, List.of(completed(T), deferred(T + SKEW))).reportedViolations())
                .isEmpty();
        assertThat(read(RECORD, List.of(completed(T), deferred(T + SKEW).attempt(1)))
                        .reportedViolations())
                .as("a number is no race")
                .containsExactly(new NaiveViolation(1, ViolationType.BACKWARD_TRANSITION));
    }

    default NaiveEventDraft[] append(NaiveEventDraft[] events, NaiveEventDraft last) {
        NaiveEventDraft[] more = Arrays.copyOf(events, events.length + 1);
        more[events.length] = last;
        return more;
    }
}
