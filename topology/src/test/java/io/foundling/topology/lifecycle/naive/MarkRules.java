package io.foundling.topology.lifecycle.naive;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.OPEN;
import static io.foundling.audit.Status.PENDING;
import static io.foundling.topology.lifecycle.naive.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 9: which marks there are. */
public interface MarkRules extends LifecycleExamples {

    @Test
    default void shouldMarkWhenTheClockIsGreaterThanDeadlinePlusGrace() {
        NaiveEventDraft promise = deferred(1).due(10).grace(2);
        assertThat(marksAt(11, promise)).isEmpty();
        assertThat(marksAt(12, promise)).isEmpty();
        assertThat(marksAt(13, promise)).containsExactly(standing(DEFERRED, 1, 10));
        assertThat(marksAt(Long.MAX_VALUE, promise)).containsExactly(standing(DEFERRED, 1, 10));
    }

    @Test
    default void shouldMarkWhenLeftIsGreaterThanDeadlinePlusGrace() {
        NaiveEventDraft promise = deferred(1).due(10).grace(2);
        assertThat(marksAt(99, promise, completed(11))).isEmpty();
        assertThat(marksAt(99, promise, completed(12))).isEmpty();
        assertThat(marksAt(99, promise, completed(13))).containsExactly(mark(DEFERRED, 1, 10, 13));
    }

    @Test
    default void shouldNotTellBeforeTheClockIsPastTheLimitThoughLeftIsKnownToBeLate() {
        assertThat(marksAt(10, deferred(1).due(10), completed(20))).isEmpty();
        assertThat(marksAt(11, deferred(1).due(10), completed(20))).containsExactly(mark(DEFERRED, 1, 10, 20));
    }

    @Test
    default void shouldNeverMarkWhenThereIsNoDeadlineOrTheLimitSaturates() {
        assertThat(marksAt(Long.MAX_VALUE, deferred(1).grace(5))).isEmpty();
        assertThat(marksAt(Long.MAX_VALUE, deferred(1).due(Long.MAX_VALUE - 3).grace(5)))
                .isEmpty();
        assertThat(marksAt(Long.MAX_VALUE, deferred(1).due(Long.MAX_VALUE - 3).grace(2)))
                .containsExactly(standing(DEFERRED, 1, Long.MAX_VALUE - 3));
        assertThat(marksAt(99, deferred(1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLARED", "OPENED", "DEFERRED", "PENDING", "RETRYING"})
    default void shouldMarkEveryAwaitingStatus(FactType type) {
        assertThat(marksAt(11, NaiveEventDraft.of(type, 1).due(10))).containsExactly(standing(type.status(), 1, 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "SKIPPED", "CANCELLED", "RETIRED", "PENDING", "RETRYING"})
    default void shouldRecoverThroughEveryHigherRank(FactType type) {
        assertThat(marksAt(99, deferred(1).due(10), NaiveEventDraft.of(type, 20)))
                .containsExactly(mark(DEFERRED, 1, 10, 20));
    }

    @Test
    default void shouldJudgeEachStatusOfAnAttemptByItsOwnDeadline() {
        assertThat(marksAt(
                        99, opened(1).due(5), deferred(4).due(10), pending(20).due(30), completed(30)))
                .containsExactly(mark(DEFERRED, 4, 10, 20));
        assertThat(marksAt(
                        99, opened(1).due(5), deferred(6).due(10), pending(20).due(30)))
                .containsExactly(mark(OPEN, 1, 5, 6), mark(DEFERRED, 4 + 2, 10, 20), standing(PENDING, 20, 30));
    }

    @Test
    default void shouldTakeTheEarliestHigherFactAsTheWayOutWhenThereAreSeveral() {
        assertThat(marksAt(99, deferred(1).due(10), completed(30), pending(20)))
                .containsExactly(mark(DEFERRED, 1, 10, 20));
        assertThat(marksAt(99, deferred(1).due(10), completed(8), pending(20).attempt(1)))
                .isEmpty();
    }

    @Test
    default void shouldCountTheWayOutThoughItLiesBeforeTheStatus() {
        assertThat(marksAt(99, deferred(5).attempt(1).due(10), completed(2).attempt(1)))
                .isEmpty();
        assertThat(marksAt(99, deferred(5).attempt(1).due(1), completed(2).attempt(1)))
                .containsExactly(mark(DEFERRED, 5, 1, 2));
    }

    @Test
    default void shouldMoveOnWhenTheNextAttemptPresentBegins() {
        // Given
        NaiveEventDraft first = deferred(1).attempt(1).due(10);

        // When
        List<NaiveMark> inTime = marksAt(99, first, deferred(10).attempt(3));
        List<NaiveMark> late =
                marksAt(99, first, completed(12).attempt(3), deferred(11).attempt(3));
        List<NaiveMark> noStatus = marksAt(99, first, extended(5, 50).attempt(2));

        // Then
        assertThat(inTime).isEmpty();
        assertThat(late).containsExactly(mark(DEFERRED, 1, 10, 11));
        assertThat(noStatus).containsExactly(standing(DEFERRED, 1, 10));
    }

    @Test
    default void shouldMarkEachAttemptOnItsOwn() {
        assertThat(marksAt(99, deferred(1).due(10), retrying(12), deferred(20).due(30)))
                .containsExactly(
                        mark(DEFERRED, 1, 10, 12),
                        new NaiveMark(2, DEFERRED, 0, OrphanReason.DEADLINE_PASSED, 20, 30, "dueAt", Fact.NEVER));
    }

    @Test
    default void shouldShowTheDeadlineRuleInTheMark() {
        assertThat(marksAt(99, deferred(1).deadline(10, "policy:night")))
                .containsExactly(
                        new NaiveMark(1, DEFERRED, 0, OrphanReason.DEADLINE_PASSED, 1, 10, "policy:night", Fact.NEVER));
    }
}
