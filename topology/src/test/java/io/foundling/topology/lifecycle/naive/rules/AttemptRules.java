package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveAttempt;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which attempt a fact belongs to. Proves rules L3, L5, L6, L7, L9, L13 and L17. */
public interface AttemptRules extends LifecycleExamples {

    @Test
    default void shouldShowTheHighestAttemptWhenNumbersArriveInAnyOrder() {
        // When
        NaiveView view = viewOf(completed(9).attempt(1), deferred(3).attempt(2).parent("batch/s/t/2"));

        // Then
        assertThat(view.attempt()).isEqualTo(2);
        assertThat(view.status()).isEqualTo(Status.DEFERRED);
        assertThat(view.parent()).isEqualTo("batch/s/t/2");
        assertThat(view.history())
                .containsExactly(
                        new NaiveAttempt(1, Status.COMPLETED, 9, 9),
                        new NaiveAttempt(2, Status.DEFERRED, 3, Times.NEVER));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "DEFERRED", "PENDING"})
    default void shouldBeginTheNextAttemptWhenWorkFollowsAnEnd(FactType begins) {
        for (FactType end : List.of(
                FactType.COMPLETED,
                FactType.FAILED,
                FactType.SKIPPED,
                FactType.CANCELLED,
                FactType.RETRYING,
                FactType.RETIRED)) {
            // When
            NaiveView view = viewOf(NaiveEventDraft.of(end, 5), NaiveEventDraft.of(begins, 6));

            // Then
            assertThat(view.attempt()).as("%s", end).isEqualTo(2);
            assertThat(view.status()).isEqualTo(begins.status());
        }
    }

    @Test
    default void shouldStayInTheAttemptWhenNothingEndedIt() {
        // When
        NaiveView view = viewOf(opened(1), pending(2), deferred(3), opened(4));

        // Then
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void shouldStayInTheAttemptWhenWorkAndItsEndShareAMillisecond() {
        // When
        NaiveView view = viewOf(completed(5), deferred(5));

        // Then
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    default void shouldBeginTheNextAttemptWhenWorkNamesAnotherParent() {
        // When
        NaiveView moved = viewOf(deferred(1).parent("batch/s/t/1"), deferred(2).parent("batch/s/t/2"));
        NaiveView silent = viewOf(deferred(1).parent("batch/s/t/1"), pending(2));
        NaiveView first = viewOf(opened(1), deferred(2).parent("batch/s/t/2"));

        // Then
        assertThat(moved.attempt()).isEqualTo(2);
        assertThat(moved.parent()).isEqualTo("batch/s/t/2");
        assertThat(silent.attempt()).isEqualTo(1);
        assertThat(silent.parent()).isEqualTo("batch/s/t/1");
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(first.parent()).isEqualTo("batch/s/t/2");
    }

    @Test
    default void shouldJoinTheCurrentAttemptWhenTheFactBeginsNothing() {
        // When
        NaiveView view = viewOf(
                retrying(1), completed(2).parent("batch/s/t/1"), failed(3).parent("batch/s/t/2"));

        // Then
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
        assertThat(view.parent()).isEqualTo("batch/s/t/1");
    }

    @Test
    default void shouldReviveARetiredSubjectOnlyWhenADeclarationFollows() {
        // When
        NaiveView revived = viewOf(declared(1), retired(2), declared(3));
        NaiveView completedAgain = viewOf(declared(1), completed(2), declared(3));
        NaiveView lateOutcome = viewOf(declared(1), retired(2), completed(3));

        // Then
        assertThat(revived.status()).isEqualTo(Status.EXPECTED);
        assertThat(revived.attempt()).isEqualTo(2);
        assertThat(completedAgain.status()).isEqualTo(Status.COMPLETED);
        assertThat(completedAgain.attempt()).isEqualTo(1);
        assertThat(lateOutcome.status()).isEqualTo(Status.RETIRED);
    }

    @Test
    default void shouldRaiseCurrentButNeverLowerItWhenFactsAreNumbered() {
        // When
        NaiveView raised = viewOf(deferred(1).attempt(3), completed(2));
        NaiveView notLowered = viewOf(deferred(1).attempt(3), deferred(2).attempt(1), completed(3));
        NaiveView byExtended = viewOf(deferred(1), extended(2, 50).attempt(4), completed(3));

        // Then
        assertThat(raised.attempt()).isEqualTo(3);
        assertThat(raised.status()).isEqualTo(Status.COMPLETED);
        assertThat(notLowered.attempt()).isEqualTo(3);
        assertThat(notLowered.status()).isEqualTo(Status.COMPLETED);
        assertThat(byExtended.attempt()).isEqualTo(4);
        assertThat(byExtended.status()).isEqualTo(Status.COMPLETED);
        assertThat(byExtended.history())
                .containsExactly(
                        new NaiveAttempt(1, Status.DEFERRED, 1, 3), new NaiveAttempt(4, Status.COMPLETED, 3, 3));
    }

    @Test
    default void shouldPlaceLaterFactsAnewWhenAnEarlierOneArrivesLate() {
        // Given
        LifecycleUnderTest subject = having(deferred(1), deferred(9));
        assertThat(subject.view().orElseThrow().attempt()).isEqualTo(1);

        // When
        arriveAt(NaiveMoment.UNSET, subject, completed(5));

        // Then
        NaiveView view = subject.view().orElseThrow();
        assertThat(view.attempt()).isEqualTo(2);
        assertThat(view.status()).isEqualTo(Status.DEFERRED);
        assertThat(view.history())
                .containsExactly(
                        new NaiveAttempt(1, Status.COMPLETED, 1, 5),
                        new NaiveAttempt(2, Status.DEFERRED, 9, Times.NEVER));
    }

    @Test
    default void shouldEndAnAwaitingAttemptInHistoryWhenTheNextOneStarts() {
        // When
        NaiveView view = viewOf(
                deferred(1).attempt(1), pending(9).attempt(3), deferred(7).attempt(3));

        // Then
        assertThat(view.history())
                .containsExactly(
                        new NaiveAttempt(1, Status.DEFERRED, 1, 7),
                        new NaiveAttempt(3, Status.PENDING, 7, Times.NEVER));
    }

    @Test
    default void shouldKeepTheHighestTenAttemptsWhenThereAreMore() {
        // Given
        List<NaiveEventDraft> attempts = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            attempts.add(completed(number).attempt(number));
        }

        // When
        NaiveView view = viewOf(attempts.toArray(NaiveEventDraft[]::new));

        // Then
        assertThat(view.history()).extracting(NaiveAttempt::attempt).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(view.firstOccurredAtMs()).isEqualTo(1);
    }

    @Test
    default void shouldLeaveANumberOutWhenItIsMoreThanAHundredAhead() {
        NaiveEventDraft first = opened(1).attempt(1);

        // When
        NaiveView inRange = viewOf(first, completed(2).attempt(101));
        NaiveView outOfRange = viewOf(first, completed(2).attempt(102));

        // Then
        assertThat(inRange.attempt()).isEqualTo(101);
        assertThat(outOfRange.attempt()).isEqualTo(1);
        assertThat(outOfRange.status()).isEqualTo(Status.OPEN);
        assertThat(outOfRange.lastOccurredAtMs()).isEqualTo(1);
        assertThat(violationsOf(first, completed(2).attempt(101))).isEmpty();
        assertThat(violationsOf(first, completed(2).attempt(102)))
                .containsExactly(new NaiveViolation(102, ViolationType.ATTEMPT_OUT_OF_RANGE));
    }

    @Test
    default void shouldTakeANumberInWhenAnEarlierFactClosesTheGap() {
        // When
        NaiveView closed = viewOf(completed(3).attempt(150), opened(2).attempt(90));
        NaiveView tooLateForIt = viewOf(completed(3).attempt(150), opened(4).attempt(90));

        // Then
        assertThat(closed.attempt()).isEqualTo(150);
        assertThat(tooLateForIt.attempt()).isEqualTo(90);
    }

    @Test
    default void shouldReportAViolationOfEachAttemptWhenSeveralContradict() {
        assertThat(violationsOf(
                        completed(1).attempt(1),
                        failed(2).attempt(1),
                        completed(3).attempt(2),
                        failed(4).attempt(2)))
                .containsExactlyInAnyOrder(
                        new NaiveViolation(1, ViolationType.CONFLICTING_OUTCOME),
                        new NaiveViolation(2, ViolationType.CONFLICTING_OUTCOME));
    }

    @Test
    default void shouldShowNothingUntilAStatusArrives() {
        // Given
        LifecycleUnderTest subject = having(
                extended(5, 50).waitingOn("approval"),
                NaiveEventDraft.annotated(2).metadata("k", "v"));
        assertThat(subject.view()).isEmpty();

        // When
        arriveAt(NaiveMoment.UNSET, subject, deferred(3).due(10));

        // Then
        NaiveView view = subject.view().orElseThrow();
        assertThat(view.status()).isEqualTo(Status.DEFERRED);
        assertThat(view.deadlineMs()).isEqualTo(50);
        assertThat(view.details().waitingOn()).isEqualTo("approval");
        assertThat(view.metadata()).containsEntry("k", "v");
        assertThat(view.firstOccurredAtMs()).isEqualTo(3);
        assertThat(view.lastOccurredAtMs()).isEqualTo(5);
    }

    @Test
    default void shouldShowTheHighestAttemptWithAStatusWhenAHigherOneHasNone() {
        // When
        NaiveView view = viewOf(deferred(1).due(10), extended(2, 50).attempt(2));

        // Then
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.deadlineMs()).isEqualTo(10);
        assertThat(view.lastOccurredAtMs()).isEqualTo(2);
    }
}
