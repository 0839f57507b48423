package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.PENDING;
import static io.foundling.topology.lifecycle.naive.model.NaiveClosing.cancelled;
import static io.foundling.topology.lifecycle.naive.model.NaiveClosing.closed;
import static io.foundling.topology.lifecycle.naive.model.NaiveClosing.open;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the closing of a cancelled parent ends; the settle grace is 5. Proves rule P9. */
public interface CancelledParentRules extends ParentExamples {

    @Test
    default void shouldNotWarnOfTheMembersOfACancelledParent() {
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(1).parent(BATCH)))
                .isEmpty();
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(11).parent(BATCH)))
                .isEmpty();
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(1).parent(BATCH).due(20)))
                .isEmpty();
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(1).parent(BATCH).due(10)))
                .isEmpty();
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(11).parent(BATCH).due(20)))
                .containsExactly(active(DEFERRED, 11, 20));
    }

    @Test
    default void shouldRecoverTheMemberOfACancelledParentThatWasDueBefore() {
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(1).parent(BATCH).due(9)))
                .containsExactly(warning(DEFERRED, 1, 9, 10));
        assertThat(warnings(at(99, cancelled(1, 10)), deferred(1).parent(BATCH).due(9), extended(50, 60)))
                .containsExactly(warning(DEFERRED, 1, 9, 10));
        assertThat(warnings(
                        at(99, cancelled(1, 10)),
                        deferred(1).parent(BATCH).due(9),
                        pending(11).due(30)))
                .containsExactly(warning(DEFERRED, 1, 9, 10), active(PENDING, 11, 30));
    }

    private long ended(NaiveMoment moment, NaiveEventDraft... events) {
        LifecycleUnderTest subject = member(events);
        subject.look(moment);
        NaiveView view = subject.view().orElseThrow();
        if (view.endedWithParentAtMs() != Times.NEVER) {
            assertThat(view.deadlineMs()).isEqualTo(Times.NEVER);
            assertThat(view.history().get(view.history().size() - 1).endedAtMs())
                    .isEqualTo(view.endedWithParentAtMs());
        }
        return view.endedWithParentAtMs();
    }

    @Test
    default void shouldEndWithItsCancelledParent() {
        NaiveEventDraft promise = deferred(1).parent(BATCH).due(50);
        assertThat(ended(at(99, cancelled(1, 10)), promise)).isEqualTo(10);
        assertThat(ended(at(2, cancelled(1, 1)), promise)).isEqualTo(1);
        assertThat(ended(at(99, cancelled(1, 10)), promise, deferred(20).parent(BATCH), extended(30, 80)))
                .isEqualTo(10);
        assertThat(ended(at(99, closed(1, 10)), promise)).isEqualTo(Times.NEVER);
        assertThat(ended(at(99, cancelled(1, 10)), deferred(11).parent(BATCH))).isEqualTo(Times.NEVER);
        assertThat(ended(at(99, cancelled(1, 10)), promise, pending(10))).isEqualTo(10);
        assertThat(ended(at(99, cancelled(1, 10)), promise, pending(11))).isEqualTo(Times.NEVER);
        assertThat(ended(at(99, cancelled(1, 10)), promise, completed(11))).isEqualTo(Times.NEVER);
        assertThat(ended(at(99, cancelled(1, 10)), promise, deferred(11).parent(OTHER)))
                .isEqualTo(Times.NEVER);
        assertThat(ended(
                        at(99, cancelled(1, 10)),
                        promise,
                        deferred(11).attempt(2).parent(BATCH)))
                .isEqualTo(Times.NEVER);
        assertThat(ended(
                        at(99, cancelled(1, 10), cancelled(2, 20)),
                        promise,
                        deferred(11).attempt(2).parent(BATCH)))
                .isEqualTo(20);
    }

    @Test
    default void shouldAwaitAgainWhenTheClosingIsTakenBackOrMoves() {
        // Given
        LifecycleUnderTest member = member(deferred(15).parent(BATCH).due(50));

        // When
        member.look(at(90, cancelled(1, 20)));
        long ended = member.view().orElseThrow().endedWithParentAtMs();
        member.look(at(91, cancelled(1, 10)));
        long moved = member.view().orElseThrow().endedWithParentAtMs();
        member.look(at(92, cancelled(1, 30)));
        long again = member.view().orElseThrow().endedWithParentAtMs();
        member.look(at(93, open(1)));
        long takenBack = member.view().orElseThrow().endedWithParentAtMs();

        // Then
        assertThat(List.of(ended, moved, again, takenBack)).containsExactly(20L, Times.NEVER, 30L, Times.NEVER);
    }

    @Test
    default void shouldStayEndedWhenTheClosingIsForgotten() {
        // Given
        LifecycleUnderTest member = member(deferred(15).parent(BATCH).due(50));
        member.look(at(25, cancelled(1, 20)));

        // When
        List<NaiveChange> changes = new ArrayList<>(member.look(at(90)));
        long forgotten = member.view().orElseThrow().endedWithParentAtMs();
        changes.addAll(member.arrive(pending(95).due(999).event(), at(99)));

        // Then
        assertThat(forgotten).isEqualTo(20);
        assertThat(member.view().orElseThrow().endedWithParentAtMs()).isEqualTo(Times.NEVER);
        assertThat(changes).isEmpty();
    }
}
