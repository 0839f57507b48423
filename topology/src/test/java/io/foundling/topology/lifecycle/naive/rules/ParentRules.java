package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.PENDING;
import static io.foundling.topology.lifecycle.naive.model.NaiveClosing.closed;
import static io.foundling.topology.lifecycle.naive.model.NaiveClosing.open;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static io.foundling.topology.lifecycle.naive.rules.ParentExamples.orphan;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the closing of a parent means for a member; the settle grace is 5. Proves rules P6, P7, P8, P10 and P18. */
public interface ParentRules extends ParentExamples {

    @Test
    default void shouldWarnOfTheMemberWhenTheClockIsPastTheClosingAndItsGrace() {
        NaiveEventDraft promise = deferred(1).parent(BATCH);
        assertThat(warnings(at(99), promise)).isEmpty();
        assertThat(warnings(at(14, closed(1, 10)), promise)).isEmpty();
        assertThat(warnings(at(15, closed(1, 10)), promise)).isEmpty();
        assertThat(warnings(at(16, closed(1, 10)), promise)).containsExactly(orphan(DEFERRED, 1, 15, Times.NEVER));
    }

    @Test
    default void shouldWarnOfTheMemberThatCameBackAfterTheGrace() {
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH), completed(15)))
                .isEmpty();
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH), completed(16)))
                .containsExactly(orphan(DEFERRED, 1, 15, 16));
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH), skipped(16)))
                .containsExactly(orphan(DEFERRED, 1, 15, 16));
    }

    @Test
    default void shouldWarnOnlyOfTheStatusThatIsHeldAtTheLimit() {
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH), pending(12)))
                .containsExactly(orphan(PENDING, 12, 15, Times.NEVER));
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH), pending(16)))
                .containsExactly(orphan(DEFERRED, 1, 15, 16));
    }

    @Test
    default void shouldTakeTheEarlierOfDeadlineAndClosing() {
        assertThat(warnings(
                        at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12).grace(2)))
                .containsExactly(active(DEFERRED, 1, 12));
        assertThat(warnings(
                        at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12).grace(3)))
                .containsExactly(active(DEFERRED, 1, 12));
        assertThat(warnings(
                        at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12).grace(4)))
                .containsExactly(orphan(DEFERRED, 1, 15, Times.NEVER));
    }

    @Test
    default void shouldStayAnOrphanWhenExtendedAfterTheLimitOfTheClosing() {
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12), extended(16, 80)))
                .containsExactly(active(DEFERRED, 1, 12));
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12), extended(16, 80), completed(50)))
                .containsExactly(warning(DEFERRED, 1, 12, 50));
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12), extended(15, 80)))
                .containsExactly(
                        warning(DEFERRED, 1, 12, 15),
                        new NaiveWarning(1, DEFERRED, 1, OrphanReason.PARENT_CLOSED, 15, 15, "closure", Times.NEVER));
        assertThat(warnings(at(99, closed(1, 10)), deferred(11).parent(BATCH).due(12), extended(17, 80)))
                .containsExactly(active(DEFERRED, 11, 12));
    }

    @Test
    default void shouldStayAnOrphanWhenRestartedAfterTheLimitOfTheClosing() {
        assertThat(warnings(
                        at(99, closed(1, 10)),
                        deferred(1).parent(BATCH).due(12),
                        deferred(16).parent(BATCH).due(80)))
                .containsExactly(active(DEFERRED, 1, 12));
    }

    @Test
    default void shouldNotMoveTheClosingWhenExtended() {
        assertThat(warnings(at(99, closed(1, 10)), deferred(1).parent(BATCH).due(12), extended(3, 50)))
                .containsExactly(orphan(DEFERRED, 1, 15, Times.NEVER));
    }

    @Test
    default void shouldJudgeByItsOwnBeginningAMemberThatBeganAfterItsParentClosed() {
        assertThat(warnings(at(99, closed(1, 10)), deferred(10).parent(BATCH)))
                .containsExactly(orphan(DEFERRED, 10, 15, Times.NEVER));
        assertThat(warnings(at(16, closed(1, 10)), deferred(11).parent(BATCH))).isEmpty();
        assertThat(warnings(at(17, closed(1, 10)), deferred(11).parent(BATCH)))
                .containsExactly(orphan(DEFERRED, 11, 16, Times.NEVER));
        assertThat(warnings(at(99, closed(1, 10)), deferred(11).parent(BATCH), pending(16)))
                .isEmpty();
    }

    @Test
    default void shouldLeaveToTheReopeningAMemberThatBeganAfterItsParentClosed() {
        assertThat(warnings(at(99, closed(1, 10), open(2)), deferred(11).parent(BATCH)))
                .isEmpty();
        assertThat(warnings(at(99, closed(1, 10), open(2)), deferred(10).parent(BATCH)))
                .containsExactly(orphan(DEFERRED, 10, 15, Times.NEVER));
        assertThat(warnings(at(99, closed(1, 10), closed(2, 30)), deferred(11).parent(BATCH)))
                .containsExactly(orphan(DEFERRED, 11, 35, Times.NEVER));
    }

    @Test
    default void shouldWithdrawWhenTheReopeningIsKnownLater() {
        // Given
        LifecycleUnderTest member = member(deferred(11).parent(BATCH));
        member.look(at(50, closed(1, 10)));

        // When
        List<NaiveChange> changes = member.look(at(51, closed(1, 10), open(2)));

        // Then
        assertThat(changes).containsExactly(withdrawn(1, DEFERRED, 0));
    }

    @Test
    default void shouldSetNoLimitForAMemberThatBeganLaterUntilClosuresAreReadThroughIt() {
        assertThat(warnings(at(99, closed(1, 10).readThrough(16)), deferred(11).parent(BATCH)))
                .isEmpty();
        assertThat(warnings(at(99, closed(1, 10).readThrough(16)), deferred(11).parent(BATCH), completed(20)))
                .isEmpty();
        assertThat(warnings(at(99, closed(1, 10).readThrough(17)), deferred(11).parent(BATCH)))
                .containsExactly(orphan(DEFERRED, 11, 16, Times.NEVER));
        assertThat(warnings(
                        at(99, closed(1, 10).readThrough(Long.MIN_VALUE)),
                        deferred(10).parent(BATCH)))
                .containsExactly(orphan(DEFERRED, 10, 15, Times.NEVER));
    }

    @Test
    default void shouldLeaveItsOwnDeadlineToAMemberUntilClosuresAreReadThroughTheLimit() {
        // Given
        LifecycleUnderTest member = member(deferred(11).parent(BATCH).due(20));

        // When
        List<NaiveChange> unread = member.look(at(50, closed(1, 10).readThrough(16)));
        List<NaiveWarning> own = member.view().orElseThrow().warnings();
        List<NaiveChange> read = member.look(at(51, closed(1, 10).readThrough(17)));

        // Then
        assertThat(unread).containsExactly(emitted(1, DEFERRED, 0));
        assertThat(own).containsExactly(active(DEFERRED, 11, 20));
        assertThat(read).containsExactly(updated(1, DEFERRED, 0));
        assertThat(member.view().orElseThrow().warnings()).containsExactly(orphan(DEFERRED, 11, 16, Times.NEVER));
    }

    @Test
    default void shouldKeepAWarningWhenItIsNoLongerKnownThroughWhenClosuresAreRead() {
        // Given
        LifecycleUnderTest member = member(deferred(11).parent(BATCH));
        member.look(at(50, closed(1, 10)));

        // When
        List<NaiveChange> changes = member.look(at(51, closed(1, 10).readThrough(Long.MIN_VALUE)));
        member.arrive(completed(60).event(), at(70, closed(1, 10).readThrough(Long.MIN_VALUE)));

        // Then
        assertThat(changes).isEmpty();
        assertThat(member.view().orElseThrow().warnings()).containsExactly(orphan(DEFERRED, 11, 16, 60));
    }

    @Test
    default void shouldUpdateInPlaceWhenTheClosingBecomesTheEarlierLimit() {
        // Given
        LifecycleUnderTest member = member(deferred(1).parent(BATCH).due(30));
        assertThat(member.look(at(50))).containsExactly(emitted(1, DEFERRED, 0));

        // When
        List<NaiveChange> changes = member.look(at(51, closed(1, 10)));

        // Then
        assertThat(changes).containsExactly(updated(1, DEFERRED, 0));
        assertThat(member.view().orElseThrow().warnings()).containsExactly(orphan(DEFERRED, 1, 15, Times.NEVER));
    }

    @Test
    default void shouldWithdrawWhenTheClosingMovesPastWhatIsKnown() {
        // Given
        LifecycleUnderTest member = member(deferred(1).parent(BATCH));
        member.look(at(50, closed(1, 10)));

        // When
        List<NaiveChange> changes = member.look(at(51, closed(1, 60)));

        // Then
        assertThat(changes).containsExactly(withdrawn(1, DEFERRED, 0));
    }

    private NaiveMoment delayed(long clockMs, long delayMs, NaiveClosing closing) {
        return new NaiveMoment(clockMs, delayMs, Map.of(BATCH, List.of(closing)));
    }

    @Test
    default void shouldEmitLaterByTheDelayOfTheMembersSource() {
        // Given
        LifecycleUnderTest member = member(deferred(1).parent(BATCH));

        // Then
        assertThat(member.look(delayed(45, 30, closed(1, 10)))).isEmpty();
        assertThat(member.look(delayed(46, 30, closed(1, 10)))).containsExactly(emitted(1, DEFERRED, 0));
        assertThat(member.look(delayed(47, 90, closed(1, 10)))).isEmpty();
    }

    @Test
    default void shouldHoldNoLongerThanTheMaximumAfterClosureAndMemberWereAppended() {
        // Given
        LifecycleUnderTest early = member(deferred(1).parent(BATCH));
        LifecycleUnderTest late = member(deferred(1).parent(BATCH).appended(60));
        NaiveClosing closing = closed(1, 10).reportedAt(40);

        // Then
        assertThat(early.look(delayed(140, 1_000, closing))).isEmpty();
        assertThat(early.look(delayed(141, 1_000, closing))).containsExactly(emitted(1, DEFERRED, 0));
        assertThat(late.look(delayed(160, 1_000, closing))).isEmpty();
        assertThat(late.look(delayed(161, 1_000, closing))).containsExactly(emitted(1, DEFERRED, 0));
    }

    @Test
    default void shouldEmitByTheOwnLimitWhenThatIsDueBefore() {
        // Given
        LifecycleUnderTest member = member(deferred(1).parent(BATCH).due(20));
        NaiveClosing closing = closed(1, 10).reportedAt(80);

        // Then
        assertThat(member.look(delayed(120, 1_000, closing))).isEmpty();
        assertThat(member.look(delayed(121, 1_000, closing))).containsExactly(emitted(1, DEFERRED, 0));
        assertThat(member.view().orElseThrow().warnings()).containsExactly(orphan(DEFERRED, 1, 15, Times.NEVER));
    }

    @Test
    default void shouldKeepAWarningWhenTheClosingIsForgotten() {
        // Given
        LifecycleUnderTest member = member(deferred(1).parent(BATCH));
        member.look(at(50, closed(1, 10)));

        // When
        List<NaiveChange> changes = member.look(NaiveMoment.at(51));
        member.arrive(completed(60).event(), NaiveMoment.at(70));

        // Then
        assertThat(changes).isEmpty();
        assertThat(member.view().orElseThrow().warnings()).containsExactly(orphan(DEFERRED, 1, 15, 60));
    }

    @Test
    default void shouldJudgeEachAttemptByItsOwnParent() {
        assertThat(warnings(
                        at(99, closed(1, 10)),
                        deferred(1).parent(BATCH),
                        deferred(8).parent(OTHER)))
                .isEmpty();
        assertThat(warnings(
                        at(99, closed(1, 10)),
                        deferred(1).parent(BATCH),
                        deferred(16).parent(OTHER)))
                .containsExactly(orphan(DEFERRED, 1, 15, 16));
    }

    @Test
    default void shouldNeverWarnWhenTheLimitSaturates() {
        assertThat(warnings(
                        at(Long.MAX_VALUE, closed(1, Long.MAX_VALUE - 3)),
                        deferred(1).parent(BATCH)))
                .isEmpty();
    }
}
