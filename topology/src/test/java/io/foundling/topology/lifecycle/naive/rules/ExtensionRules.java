package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.OPEN;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deadlines that are moved. Proves rules L17, T10, T11 and T12. */
public interface ExtensionRules extends LifecycleExamples {

    @Test
    default void shouldReplaceTheDeadlineWhenExtendedNotAfterTheLimit() {
        // When
        NaiveView view = viewAt(31, deferred(1).due(10).grace(2), extended(12, 30));

        // Then
        assertThat(view.deadlineMs()).isEqualTo(30);
        assertThat(view.deadline().graceMs()).isEqualTo(2);
        assertThat(view.deadline().rule()).isEqualTo("extended");
        assertThat(view.enteredAtMs()).isEqualTo(1);
        assertThat(view.warnings()).isEmpty();
    }

    @Test
    default void shouldRecoverAndAwaitAnewWhenExtendedAfterTheLimit() {
        // When
        NaiveView view = viewAt(33, deferred(1).due(10).grace(2), extended(13, 30));

        // Then
        assertThat(view.enteredAtMs()).isEqualTo(1);
        assertThat(view.deadlineMs()).isEqualTo(30);
        assertThat(view.warnings()).containsExactly(warning(DEFERRED, 1, 10, 13), extension(1, 13, 30, Times.NEVER));
    }

    @Test
    default void shouldShortenTheDeadlineWhenTheNewOneIsEarlier() {
        assertThat(warningsAt(9, deferred(1).due(50), extended(5, 8))).containsExactly(extension(0, 1, 8, Times.NEVER));
    }

    @Test
    default void shouldLetTheLastInOrderWinWhenThereAreSeveral() {
        assertThat(viewOf(deferred(1).due(10), extended(4, 20), extended(3, 40)).deadlineMs())
                .isEqualTo(20);
        assertThat(viewOf(
                                deferred(1).due(10),
                                extended(3, 40).id(Long.MIN_VALUE, 0),
                                extended(3, 20).id(1, 0))
                        .deadlineMs())
                .isEqualTo(40);
    }

    @Test
    default void shouldJudgeEachExtensionByTheLimitBeforeIt() {
        // When
        List<NaiveWarning> warnings = warningsAt(
                99, deferred(1).due(10), extended(10, 20), extended(21, 30), extended(25, 40), completed(50));

        // Then
        assertThat(warnings).containsExactly(extension(0, 1, 20, 21), extension(1, 21, 40, 50));
    }

    @Test
    default void shouldGiveADeadlineWhenThereWasNone() {
        assertThat(warningsAt(31, deferred(1).grace(0), extended(29, 30)))
                .containsExactly(extension(0, 1, 30, Times.NEVER));
    }

    @Test
    default void shouldExtendOnlyTheStatusTheAttemptHadThen() {
        // When
        NaiveView view =
                viewAt(99, opened(1).due(5), extended(2, 40), deferred(30).due(35), extended(31, 50), completed(45));

        // Then
        assertThat(view.warnings()).isEmpty();
        assertThat(warningsAt(99, opened(1).due(5), deferred(30).due(35), extended(31, 50), completed(45)))
                .containsExactly(warning(OPEN, 1, 5, 30));
    }

    @Test
    default void shouldExtendWhatBeganInTheSameMillisecond() {
        assertThat(viewOf(extended(5, 50), deferred(5).due(10)).deadlineMs()).isEqualTo(50);
        assertThat(viewOf(extended(5, 50), deferred(1).due(10), pending(5).due(20))
                        .deadlineMs())
                .isEqualTo(50);
    }

    @Test
    default void shouldHaveNoEffectWhenThereWasNoAwaitingStatusThen() {
        assertThat(viewOf(extended(4, 50), deferred(5).due(10)).deadlineMs()).isEqualTo(10);
        assertThat(warningsAt(99, deferred(1).due(10), completed(15), extended(16, 50)))
                .containsExactly(warning(DEFERRED, 1, 10, 15));
        assertThat(warningsAt(99, deferred(1).due(10), completed(15), extended(15, 50)))
                .containsExactly(warning(DEFERRED, 1, 10, 15));
        assertThat(warningsAt(99, deferred(1).due(10), retired(9), extended(9, 50)))
                .isEmpty();
    }

    @Test
    default void shouldHaveNoEffectWhenALaterAttemptHadBegunThen() {
        assertThat(warningsAt(
                        99,
                        deferred(1).attempt(1).due(10),
                        deferred(20).attempt(2),
                        extended(20, 50).attempt(1)))
                .containsExactly(warning(DEFERRED, 1, 10, 20));
        assertThat(warningsAt(
                        99,
                        deferred(1).attempt(1).due(10),
                        deferred(20).attempt(2),
                        extended(9, 50).attempt(1)))
                .isEmpty();
        assertThat(warningsAt(
                        99,
                        deferred(1).attempt(1).due(30),
                        deferred(20).attempt(2),
                        extended(20, 15).attempt(1)))
                .isEmpty();
    }

    @Test
    default void shouldShowTheLastWaitingOnOfTheExtensionsThatHaveOne() {
        assertThat(viewOf(
                                deferred(1).due(10).waitingOn("tonight"),
                                extended(5, 20).waitingOn("approval"),
                                extended(6, 30))
                        .details()
                        .waitingOn())
                .isEqualTo("approval");
        assertThat(viewOf(deferred(1).due(10).waitingOn("tonight"), extended(20, 30))
                        .details()
                        .waitingOn())
                .isEqualTo("tonight");
        assertThat(viewOf(
                                deferred(1).due(10),
                                extended(5, 20).waitingOn("approval"),
                                pending(6).due(30))
                        .details()
                        .waitingOn())
                .isEmpty();
    }

    @Test
    default void shouldEmitTheRecoveryWhenAnExpiredDeadlineIsExtended() {
        // Given
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(20, subject);

        // Then
        assertThat(arriveAt(21, subject, extended(15, 40))).containsExactly(recovered(1, DEFERRED, 0));
        assertThat(lookAt(40, subject)).isEmpty();
        assertThat(lookAt(41, subject)).containsExactly(emitted(1, DEFERRED, 1));
    }

    /** A warning of attempt 1 in DEFERRED whose deadline was extended to. */
    private static NaiveWarning extension(int extension, long enteredAtMs, long deadlineMs, long recoveredAtMs) {
        String rule = "extended";
        return new NaiveWarning(
                1, DEFERRED, extension, OrphanReason.DEADLINE_PASSED, enteredAtMs, deadlineMs, rule, recoveredAtMs);
    }
}
