package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.EXPECTED;
import static io.foundling.audit.Status.OPEN;
import static io.foundling.audit.Status.RETRYING;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveRecovery;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What began again without a number. Proves rules L17, T10 and T12. */
public interface RestartRules extends LifecycleExamples {

    @Test
    default void shouldWatchAgainWhenWhatWasKilledBeginsAgain() {
        // Given
        LifecycleUnderTest subject = having(opened(1).due(10));
        assertThat(lookAt(11, subject)).containsExactly(emitted(1, OPEN, 0));

        // Then
        assertThat(arriveAt(15, subject, opened(14).due(24))).containsExactly(recovered(1, OPEN, 0));
        assertThat(subject.view().orElseThrow().warnings()).containsExactly(restarted(OPEN, 0, 1, 10, 14));
        assertThat(lookAt(24, subject)).isEmpty();
        assertThat(lookAt(25, subject)).containsExactly(emitted(1, OPEN, 1));
        assertThat(arriveAt(40, subject, opened(30).due(50))).containsExactly(recovered(1, OPEN, 1));
        assertThat(arriveAt(40, subject, completed(35))).isEmpty();
    }

    @Test
    default void shouldShowTheNewDeadlineAndTheFirstEntry() {
        // When
        NaiveView view = viewAt(
                20,
                deferred(1).due(10).grace(2).waitingOn("first"),
                deferred(13).deadline(30, "policy:p").grace(3).waitingOn("second"));

        // Then
        assertThat(view.enteredAtMs()).isEqualTo(1);
        assertThat(view.deadlineMs()).isEqualTo(30);
        assertThat(view.deadline().graceMs()).isEqualTo(2);
        assertThat(view.deadline().rule()).isEqualTo("policy:p");
        assertThat(view.details().waitingOn()).isEqualTo("second");
        assertThat(view.attempt()).isEqualTo(1);
    }

    @Test
    default void shouldStayARepeatWhenItIsInTime() {
        NaiveEventDraft first = opened(1).due(10).grace(2);
        assertThat(warningsAt(99, first, opened(12).due(50))).containsExactly(active(OPEN, 1, 10));
        assertThat(warningsAt(99, first, opened(13).due(50)))
                .containsExactly(restarted(OPEN, 0, 1, 10, 13), again(OPEN, 1, 13, 50, Times.NEVER));
    }

    @Test
    default void shouldStayARepeatWhenThereIsNoDeadline() {
        assertThat(warningsAt(99, opened(1), opened(50).due(60))).isEmpty();
    }

    @Test
    default void shouldStayARepeatWhenOneWasInTimeBefore() {
        NaiveEventDraft first = opened(1).due(10);
        assertThat(warningsAt(99, first, opened(5).due(20), opened(15).due(25))).containsExactly(active(OPEN, 1, 10));
        assertThat(warningsAt(
                        99,
                        first,
                        opened(15).due(25),
                        opened(20).due(30),
                        opened(30).due(40)))
                .as("in time after a restart")
                .containsExactly(restarted(OPEN, 0, 1, 10, 15), again(OPEN, 1, 15, 25, Times.NEVER));
    }

    @Test
    default void shouldNotWithdrawTheRestartWhenALaterRepeatIsInTime() {
        assertThat(warningsAt(
                        99, opened(1).due(10), opened(15).due(25), opened(16).due(26), completed(20)))
                .containsExactly(restarted(OPEN, 0, 1, 10, 15));
    }

    @Test
    default void shouldStayARepeatWhenTheAttemptHasANumber() {
        NaiveEventDraft unnumbered = opened(15).due(25);
        assertThat(warningsAt(99, opened(1).attempt(1).due(10), unnumbered)).containsExactly(active(OPEN, 1, 10));
        assertThat(warningsAt(99, opened(1).due(10), opened(15).attempt(1).due(25)))
                .containsExactly(active(OPEN, 1, 10));
        assertThat(warningsAt(99, opened(1).due(10), extended(2, 10).attempt(1), unnumbered))
                .containsExactly(extension(OPEN, 0, 1, 10, Times.NEVER));
        assertThat(warningsAt(20, opened(1).due(10), unnumbered, completed(18).attempt(1)))
                .as("a number that came later")
                .containsExactly(restarted(OPEN, 0, 1, 10, 15));
    }

    @Test
    default void shouldStayARepeatWhenTheStatusWasLeft() {
        assertThat(warningsAt(99, opened(1).due(10), pending(12), opened(15).due(25)))
                .containsExactly(warning(OPEN, 1, 10, 12));
        assertThat(warningsAt(
                        99, opened(1).due(10), opened(12).attempt(2), opened(15).due(25)))
                .containsExactly(warning(OPEN, 1, 10, 12));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "DEFERRED", "PENDING"})
    default void shouldRestartEveryStatusOfWorkThatBegins(FactType type) {
        assertThat(warningsAt(
                        20,
                        NaiveEventDraft.of(type, 1).due(10),
                        NaiveEventDraft.of(type, 15).due(25)))
                .containsExactly(restarted(type.status(), 0, 1, 10, 15));
    }

    @Test
    default void shouldRestartWhenAnotherTryIsPromisedAgain() {
        assertThat(warningsAt(20, retrying(1).due(10), retrying(15).due(25)))
                .containsExactly(restarted(RETRYING, 0, 1, 10, 15));
    }

    @Test
    default void shouldNotRestartWhenADeclarationIsRepeated() {
        assertThat(warningsAt(99, declared(1).due(10), declared(15).due(25))).containsExactly(active(EXPECTED, 1, 10));
        assertThat(warningsAt(
                        20,
                        NaiveEventDraft.of(FactType.EXPECTED, 1).due(10),
                        NaiveEventDraft.of(FactType.EXPECTED, 15).due(25)))
                .as("an announcement is repeated")
                .containsExactly(restarted(EXPECTED, 0, 1, 10, 15));
    }

    @Test
    default void shouldJudgeARepeatByTheDeadlineThatExtensionsGave() {
        assertThat(warningsAt(
                        99,
                        deferred(1).due(10),
                        extended(9, 20),
                        deferred(15).due(60),
                        deferred(30).due(60)))
                .as("15 is in time, and 30 is no restart for that")
                .containsExactly(extension(DEFERRED, 0, 1, 20, Times.NEVER));
        assertThat(warningsAt(99, deferred(1).due(10), deferred(15).due(25), extended(20, 40), completed(41)))
                .containsExactly(restarted(DEFERRED, 0, 1, 10, 15), extension(DEFERRED, 1, 15, 40, 41));
    }

    @Test
    default void shouldWithdrawTheSecondWaitWhenTheRepeatTurnsOutToBeOne() {
        // Given
        LifecycleUnderTest subject = having(opened(1).due(10), opened(15).due(25));
        assertThat(lookAt(40, subject))
                .containsExactlyInAnyOrder(emitted(1, OPEN, 0), recovered(1, OPEN, 0), emitted(1, OPEN, 1));

        // Then
        assertThat(arriveAt(40, subject, opened(5).due(20)))
                .containsExactlyInAnyOrder(updated(1, OPEN, 0), withdrawn(1, OPEN, 1));
        assertThat(subject.view().orElseThrow().warnings()).containsExactly(active(OPEN, 1, 10));
    }

    private static NaiveWarning restarted(
            Status status, int extension, long enteredAtMs, long deadlineMs, long leftAtMs) {
        return new NaiveWarning(
                1,
                status,
                extension,
                OrphanReason.DEADLINE_PASSED,
                enteredAtMs,
                deadlineMs,
                "dueAt",
                new NaiveRecovery(leftAtMs, true));
    }

    private static NaiveWarning again(Status status, int extension, long enteredAtMs, long deadlineMs, long leftAtMs) {
        OrphanReason reason = OrphanReason.DEADLINE_PASSED;
        return new NaiveWarning(1, status, extension, reason, enteredAtMs, deadlineMs, "dueAt", leftAtMs);
    }

    private static NaiveWarning extension(
            Status status, int extension, long enteredAtMs, long deadlineMs, long leftAtMs) {
        OrphanReason reason = OrphanReason.DEADLINE_PASSED;
        return new NaiveWarning(1, status, extension, reason, enteredAtMs, deadlineMs, "extended", leftAtMs);
    }
}
