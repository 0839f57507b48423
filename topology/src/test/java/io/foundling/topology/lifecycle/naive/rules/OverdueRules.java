package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.OPEN;
import static io.foundling.audit.Status.PENDING;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which waits are overdue. Proves rules T1, T9, T13 and T14. */
public interface OverdueRules extends LifecycleExamples {

    @Test
    default void shouldWarnWhenTheClockIsGreaterThanDeadlinePlusGrace() {
        NaiveEventDraft promise = deferred(1).due(10).grace(2);
        assertThat(warningsAt(11, promise)).isEmpty();
        assertThat(warningsAt(12, promise)).isEmpty();
        assertThat(warningsAt(13, promise)).containsExactly(active(DEFERRED, 1, 10));
        assertThat(warningsAt(Long.MAX_VALUE, promise)).containsExactly(active(DEFERRED, 1, 10));
    }

    @Test
    default void shouldWarnWhenLeftIsGreaterThanDeadlinePlusGrace() {
        NaiveEventDraft promise = deferred(1).due(10).grace(2);
        assertThat(warningsAt(99, promise, completed(11))).isEmpty();
        assertThat(warningsAt(99, promise, completed(12))).isEmpty();
        assertThat(warningsAt(99, promise, completed(13))).containsExactly(warning(DEFERRED, 1, 10, 13));
    }

    @Test
    default void shouldNotWarnBeforeTheClockIsPastTheLimitThoughLeftIsKnownToBeLate() {
        assertThat(warningsAt(10, deferred(1).due(10), completed(20))).isEmpty();
        assertThat(warningsAt(11, deferred(1).due(10), completed(20))).containsExactly(warning(DEFERRED, 1, 10, 20));
    }

    @Test
    default void shouldNeverWarnWhenThereIsNoDeadlineOrTheLimitSaturates() {
        assertThat(warningsAt(Long.MAX_VALUE, deferred(1).grace(5))).isEmpty();
        assertThat(warningsAt(
                        Long.MAX_VALUE, deferred(1).due(Long.MAX_VALUE - 3).grace(5)))
                .isEmpty();
        assertThat(warningsAt(
                        Long.MAX_VALUE, deferred(1).due(Long.MAX_VALUE - 3).grace(2)))
                .containsExactly(active(DEFERRED, 1, Long.MAX_VALUE - 3));
        assertThat(warningsAt(99, deferred(1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLARED", "EXPECTED", "OPENED", "DEFERRED", "PENDING", "RETRYING"})
    default void shouldWarnOfEveryAwaitingStatus(FactType type) {
        assertThat(warningsAt(11, NaiveEventDraft.of(type, 1).due(10))).containsExactly(active(type.status(), 1, 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "SKIPPED", "CANCELLED", "RETIRED", "PENDING", "RETRYING"})
    default void shouldRecoverThroughEveryHigherRank(FactType type) {
        assertThat(warningsAt(99, deferred(1).due(10), NaiveEventDraft.of(type, 20)))
                .containsExactly(warning(DEFERRED, 1, 10, 20));
    }

    @Test
    default void shouldJudgeEachStatusOfAnAttemptByItsOwnDeadline() {
        assertThat(warningsAt(
                        99, opened(1).due(5), deferred(4).due(10), pending(20).due(30), completed(30)))
                .containsExactly(warning(DEFERRED, 4, 10, 20));
        assertThat(warningsAt(
                        99, opened(1).due(5), deferred(6).due(10), pending(20).due(30)))
                .containsExactly(warning(OPEN, 1, 5, 6), warning(DEFERRED, 4 + 2, 10, 20), active(PENDING, 20, 30));
    }

    @Test
    default void shouldTakeTheEarliestHigherFactAsTheWayOutWhenThereAreSeveral() {
        assertThat(warningsAt(99, deferred(1).due(10), completed(30), pending(20)))
                .containsExactly(warning(DEFERRED, 1, 10, 20));
        assertThat(warningsAt(99, deferred(1).due(10), completed(8), pending(20).attempt(1)))
                .isEmpty();
    }

    @Test
    default void shouldCountTheWayOutThoughItLiesBeforeTheStatus() {
        assertThat(warningsAt(99, deferred(5).attempt(1).due(10), completed(2).attempt(1)))
                .isEmpty();
        assertThat(warningsAt(99, deferred(5).attempt(1).due(1), completed(2).attempt(1)))
                .containsExactly(warning(DEFERRED, 5, 1, 2));
    }

    @Test
    default void shouldMoveOnWhenTheNextAttemptPresentBegins() {
        // Given
        NaiveEventDraft first = deferred(1).attempt(1).due(10);

        // When
        List<NaiveWarning> inTime = warningsAt(99, first, deferred(10).attempt(3));
        List<NaiveWarning> late =
                warningsAt(99, first, completed(12).attempt(3), deferred(11).attempt(3));
        List<NaiveWarning> noStatus = warningsAt(99, first, extended(5, 50).attempt(2));

        // Then
        assertThat(inTime).isEmpty();
        assertThat(late).containsExactly(warning(DEFERRED, 1, 10, 11));
        assertThat(noStatus).containsExactly(active(DEFERRED, 1, 10));
    }

    @Test
    default void shouldWarnOfEachAttemptOnItsOwn() {
        assertThat(warningsAt(
                        99, deferred(1).due(10), retrying(12), deferred(20).due(30)))
                .containsExactly(
                        warning(DEFERRED, 1, 10, 12),
                        new NaiveWarning(2, DEFERRED, 0, OrphanReason.DEADLINE_PASSED, 20, 30, "dueAt", Times.NEVER));
    }

    @Test
    default void shouldShowTheDeadlineRuleInTheWarning() {
        assertThat(warningsAt(99, deferred(1).deadline(10, "policy:night")))
                .containsExactly(new NaiveWarning(
                        1, DEFERRED, 0, OrphanReason.DEADLINE_PASSED, 1, 10, "policy:night", Times.NEVER));
    }
}
