package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.PENDING;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * When a warning is emitted, updated, recovered and withdrawn. A delay holds for 100 at most. Proves rules T13, T14,
 * T15 and T16.
 */
public interface WarningRules extends LifecycleExamples {

    @Test
    default void shouldEmitOnceWhenTheLimitPasses() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));

        // Then
        assertThat(lookAt(10, subject)).isEmpty();
        assertThat(lookAt(11, subject)).containsExactly(emitted(1, DEFERRED, 0));
        assertThat(lookAt(12, subject)).isEmpty();
        assertThat(arriveAt(13, subject, deferred(1).due(10))).isEmpty();
    }

    @Test
    default void shouldEmitWithItsRecoveryWhenTheWayOutIsKnown() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10), completed(20));

        // Then
        assertThat(lookAt(11, subject)).containsExactly(emitted(1, DEFERRED, 0), recovered(1, DEFERRED, 0));
        assertThat(lookAt(30, subject)).isEmpty();
    }

    @Test
    default void shouldEmitAtOnceWhenAnEventArrivesAfterItsLimit() {
        assertThat(arriveAt(11, newSubject(), deferred(1).due(10))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldRecoverOnceWhenTheSubjectMovesOnAfterTheWarning() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(11, subject);

        // Then
        assertThat(arriveAt(21, subject, completed(20))).containsExactly(recovered(1, DEFERRED, 0));
        assertThat(arriveAt(22, subject, completed(21))).isEmpty();
        assertThat(arriveAt(23, subject, pending(15))).isEmpty();
        assertThat(subject.view().orElseThrow().warnings()).containsExactly(warning(DEFERRED, 1, 10, 15));
    }

    @Test
    default void shouldWithdrawWhenTheWayOutWasInTime() {
        // Given
        LifecycleUnderTest active = having(deferred(1).due(10));
        LifecycleUnderTest recovered = having(deferred(1).due(10), completed(20));
        lookAt(11, active);
        lookAt(11, recovered);

        // Then
        assertThat(arriveAt(30, active, completed(10))).containsExactly(withdrawn(1, DEFERRED, 0));
        assertThat(active.view().orElseThrow().warnings()).isEmpty();
        assertThat(arriveAt(30, recovered, pending(10))).containsExactly(withdrawn(1, DEFERRED, 0));
    }

    @Test
    default void shouldWithdrawWhenTheLimitMovesToWhereNoClockHasBeen() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(20, subject, extended(5, 21))).containsExactly(withdrawn(1, DEFERRED, 0));
        assertThat(lookAt(21, subject)).isEmpty();
        assertThat(lookAt(22, subject)).containsExactly(emitted(1, DEFERRED, 0));
    }

    /**
     * Exactly at the limit nothing would be emitted, so no warning may stay active: otherwise the order of arrival
     * would show.
     */
    @Test
    default void shouldWithdrawWhenTheLimitMovesExactlyToTheClock() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(20, subject, extended(5, 20))).containsExactly(withdrawn(1, DEFERRED, 0));
        assertThat(lookAt(20, having(deferred(1).due(10), extended(5, 20)))).isEmpty();
    }

    @Test
    default void shouldUpdateInPlaceWhenTheLimitMovesButWasPassed() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(30, subject, extended(5, 19))).containsExactly(updated(1, DEFERRED, 0));
        assertThat(arriveAt(30, subject, extended(6, 25))).containsExactly(updated(1, DEFERRED, 0));
        assertThat(subject.view().orElseThrow().warnings())
                .extracting(NaiveWarning::deadlineMs, NaiveWarning::rule)
                .containsExactly(tuple(25L, "extended"));
    }

    @Test
    default void shouldUpdateInPlaceWhenAnEarlierRepeatBringsAnotherRule() {
        // Given
        LifecycleUnderTest subject = having(deferred(5).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(20, subject, deferred(4).deadline(10, "policy:p")))
                .containsExactly(updated(1, DEFERRED, 0));
    }

    @Test
    default void shouldShowTheEarlierEntryWhenARepeatArrivesAfterTheWarning() {
        // Given
        LifecycleUnderTest subject = having(deferred(5).due(10));
        lookAt(20, subject);

        // When
        arriveAt(20, subject, deferred(4).due(10));

        // Then
        assertThat(subject.view().orElseThrow().warnings()).containsExactly(active(DEFERRED, 4, 10));
    }

    @Test
    default void shouldNotWithdrawAfterARestartWhenTheLimitWasPassedAtEmitting() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(NaiveMoment.UNSET, subject, extended(5, 19))).containsExactly(updated(1, DEFERRED, 0));
        assertThat(arriveAt(NaiveMoment.UNSET, subject, extended(6, 21))).containsExactly(withdrawn(1, DEFERRED, 0));
    }

    @Test
    default void shouldRecoverAWarningAfterARestartThoughTheClockIsUnset() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(NaiveMoment.UNSET, subject, completed(15))).containsExactly(recovered(1, DEFERRED, 0));
    }

    @Test
    default void shouldSayNothingWhenTheWayOutMovesToTheNextAttemptAtTheSameTime() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).attempt(1).due(10), completed(20));
        assertThat(lookAt(99, subject)).containsExactly(emitted(1, DEFERRED, 0), recovered(1, DEFERRED, 0));

        // When: current was 2 already at 15, so that 20 completed attempt 2
        List<NaiveChange> changes = arriveAt(99, subject, extended(15, 50).attempt(2));

        // Then
        assertThat(changes).isEmpty();
        assertThat(subject.view().orElseThrow().attempt()).isEqualTo(2);
        assertThat(subject.view().orElseThrow().warnings()).containsExactly(warning(DEFERRED, 1, 10, 20));
    }

    @Test
    default void shouldBeActiveAgainWhenAnExtensionTurnsOutToHaveBeenInTime() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10), extended(20, 30));
        assertThat(lookAt(40, subject))
                .containsExactlyInAnyOrder(emitted(1, DEFERRED, 0), recovered(1, DEFERRED, 0), emitted(1, DEFERRED, 1));

        // Then
        assertThat(arriveAt(40, subject, extended(9, 25)))
                .containsExactlyInAnyOrder(updated(1, DEFERRED, 0), withdrawn(1, DEFERRED, 1));
    }

    @Test
    default void shouldWithdrawWhenTheWaitIsGone() {
        // Given: unnumbered, so that 20 starts attempt 2 once the outcome at 5 is known
        LifecycleUnderTest subject = having(opened(1), pending(20).due(30));
        assertThat(lookAt(31, subject)).containsExactly(emitted(1, PENDING, 0));

        // Then
        assertThat(arriveAt(31, subject, completed(5)))
                .containsExactlyInAnyOrder(withdrawn(1, PENDING, 0), emitted(2, PENDING, 0));
    }

    @Test
    default void shouldEmitLaterByTheDelayOfTheSource() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));

        // Then
        assertThat(subject.look(new NaiveMoment(50, 40))).isEmpty();
        assertThat(subject.look(new NaiveMoment(51, 41))).isEmpty();
        assertThat(subject.look(new NaiveMoment(51, 40))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldEmitWithItsRecoveryLaterByTheDelayOfTheSource() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10), completed(12));

        // Then
        assertThat(subject.look(new NaiveMoment(50, 40))).isEmpty();
        assertThat(subject.look(new NaiveMoment(51, 40)))
                .containsExactly(emitted(1, DEFERRED, 0), recovered(1, DEFERRED, 0));
    }

    @Test
    default void shouldEmitWhenTheDeadlineIsPastItsOwnFactByTheJudgedClock() {
        // Given
        LifecycleUnderTest subject = having(deferred(20).due(10));

        // Then
        assertThat(subject.look(new NaiveMoment(60, 40))).isEmpty();
        assertThat(subject.look(new NaiveMoment(61, 40))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldHoldNoLongerThanTheMaximumAfterTheLimitWhenTheDelayNeverEnds() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));

        // Then
        assertThat(subject.look(new NaiveMoment(110, 1_000))).isEmpty();
        assertThat(subject.look(new NaiveMoment(111, 1_000))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldHoldNoLongerThanTheMaximumAfterTheFactWasAppendedWhenTheLimitHadPassedThen() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10).appended(50));

        // Then
        assertThat(subject.look(new NaiveMoment(150, 1_000))).isEmpty();
        assertThat(subject.look(new NaiveMoment(151, 1_000))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldCountTheMaximumFromTheExtensionWhenThatGaveTheLimit() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10), extended(9, 20).appended(70));

        // Then
        assertThat(subject.look(new NaiveMoment(170, 1_000))).isEmpty();
        assertThat(subject.look(new NaiveMoment(171, 1_000))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldCountTheMaximumFromTheFirstReadingWhenTheFactIsReadAgain() {
        // Given
        LifecycleUnderTest subject = having(
                deferred(1).due(10).id(1, 1).appended(50),
                deferred(1).due(10).id(1, 1).appended(60));

        // Then
        assertThat(subject.look(new NaiveMoment(151, 1_000))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldWithdrawNothingWhenTheDelayGrows() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(subject.look(new NaiveMoment(21, 50))).isEmpty();
        assertThat(subject.arrive(extended(5, 19).event(), new NaiveMoment(22, 50)))
                .containsExactly(updated(1, DEFERRED, 0));
        assertThat(subject.arrive(extended(6, 21).event(), new NaiveMoment(23, 50)))
                .containsExactly(withdrawn(1, DEFERRED, 0));
    }

    @Test
    default void shouldKeepAWarningThatTheMaximumGaveWhenAnEarlierRepeatIsRead() {
        // Given
        LifecycleUnderTest subject = having(deferred(5).due(10));
        subject.look(new NaiveMoment(111, 1_000));

        // When
        List<NaiveChange> changes =
                subject.arrive(deferred(4).due(10).appended(112).event(), new NaiveMoment(112, 1_000));

        // Then
        assertThat(changes).isEmpty();
        assertThat(subject.view().orElseThrow().warnings()).containsExactly(active(DEFERRED, 4, 10));
    }

    @Test
    default void shouldRecoverAndWithdrawWithoutDelay() {
        // Given
        LifecycleUnderTest late = having(deferred(1).due(10));
        LifecycleUnderTest inTime = having(deferred(1).due(10));
        lookAt(11, late);
        lookAt(11, inTime);

        // Then
        assertThat(late.arrive(completed(15).appended(50).event(), new NaiveMoment(55, 50)))
                .containsExactly(recovered(1, DEFERRED, 0));
        assertThat(inTime.arrive(completed(9).appended(50).event(), new NaiveMoment(55, 50)))
                .containsExactly(withdrawn(1, DEFERRED, 0));
    }
}
