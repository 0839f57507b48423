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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the facts of one attempt add up to. Proves rules L1, L3, L4, L8, L10, L11, L12 and L17. */
public interface StatusRules extends LifecycleExamples {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXTENDED")
    default void shouldShowTheStatusOfTheBodyWhenThereIsOneFact(FactType type) {
        // When
        NaiveView view = viewOf(NaiveEventDraft.of(type, 5));

        // Then
        assertThat(view.status()).isEqualTo(type.status());
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.enteredAtMs()).isEqualTo(5);
    }

    @Test
    default void shouldTakeTheHighestRankWhenOneAttemptHoldsSeveral() {
        // Given
        List<FactType> rising = List.of(
                FactType.DECLARED,
                FactType.OPENED,
                FactType.DEFERRED,
                FactType.PENDING,
                FactType.RETRYING,
                FactType.COMPLETED);

        for (int i = 1; i < rising.size(); i++) {
            // When
            NaiveEventDraft higher = NaiveEventDraft.of(rising.get(i), 5).attempt(1);
            NaiveView later = viewOf(NaiveEventDraft.of(rising.get(i - 1), 4).attempt(1), higher);
            NaiveView same = viewOf(NaiveEventDraft.of(rising.get(i - 1), 5).attempt(1), higher);
            NaiveView earlier = viewOf(NaiveEventDraft.of(rising.get(i - 1), 6).attempt(1), higher);

            // Then
            assertThat(List.of(later.status(), same.status(), earlier.status()))
                    .containsOnly(rising.get(i).status());
        }
    }

    @Test
    default void shouldFillInHistoryWhenALateFactHasALowerRank() {
        // Given
        LifecycleUnderTest subject = having(completed(9));

        // When
        arriveAt(NaiveMoment.UNSET, subject, deferred(4));

        // Then
        NaiveView view = subject.view().orElseThrow();
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
        assertThat(view.enteredAtMs()).isEqualTo(9);
        assertThat(view.firstOccurredAtMs()).isEqualTo(4);
        assertThat(view.lastOccurredAtMs()).isEqualTo(9);
        assertThat(view.history()).containsExactly(new NaiveAttempt(1, Status.COMPLETED, 4, 9));
    }

    @Test
    default void shouldBeRetiredWhateverElseTheAttemptHolds() {
        // When
        NaiveView before = viewOf(retired(3).attempt(1), completed(5).attempt(1));
        NaiveView after = viewOf(completed(5).attempt(1), retired(7).attempt(1).reason("closed down"));

        // Then
        assertThat(before.status()).isEqualTo(Status.RETIRED);
        assertThat(after.status()).isEqualTo(Status.RETIRED);
        assertThat(after.details().reason()).isEqualTo("closed down");
        assertThat(violationsOf(completed(5), retired(7))).isEmpty();
    }

    @Test
    default void shouldKeepTheFirstOutcomeWhenASecondDiffers() {
        // When
        NaiveView view = viewOf(skipped(5).reason("empty"), completed(6));

        // Then
        assertThat(view.status()).isEqualTo(Status.SKIPPED);
        assertThat(view.details().reason()).isEqualTo("empty");
        assertThat(violationsOf(completed(6), skipped(5)))
                .containsExactly(new NaiveViolation(1, ViolationType.CONFLICTING_OUTCOME));
    }

    @Test
    default void shouldReportNothingWhenTheSameOutcomeIsRepeated() {
        // When
        NaiveView view = viewOf(failed(5).reason("first"), failed(6).reason("second"));

        // Then
        assertThat(view.details().reason()).isEqualTo("first");
        assertThat(violationsOf(failed(5), failed(6))).isEmpty();
    }

    @Test
    default void shouldOrderOutcomesOfOneMillisecondByUnsignedBytesOfTheirIds() {
        // When
        NaiveView byHighBits =
                viewOf(cancelled(5).id(Long.MIN_VALUE, 0), failed(5).id(1, 0));
        NaiveView byLowBits =
                viewOf(cancelled(5).id(1, Long.MIN_VALUE), failed(5).id(1, 1));

        // Then
        assertThat(byHighBits.status()).isEqualTo(Status.FAILED);
        assertThat(byLowBits.status()).isEqualTo(Status.FAILED);
    }

    @Test
    default void shouldTakeTimesParentAndDeadlineFromTheEarliestWhenAStatusIsRepeated() {
        // When
        NaiveView view = viewOf(
                deferred(6).attempt(1).due(60).parent("batch/s/t/2").detail("second"),
                deferred(5).attempt(1).due(50).grace(3).parent("batch/s/t/1").detail("first"));

        // Then
        assertThat(view.enteredAtMs()).isEqualTo(5);
        assertThat(view.lastOccurredAtMs()).isEqualTo(6);
        assertThat(view.deadlineMs()).isEqualTo(50);
        assertThat(view.deadline().graceMs()).isEqualTo(3);
        assertThat(view.deadline().rule()).isEqualTo("dueAt");
        assertThat(view.parent()).isEqualTo("batch/s/t/1");
        assertThat(view.details().detail()).isEqualTo("first");
    }

    @Test
    default void shouldReportAnotherParentWhenTheAttemptNumberIsTheSame() {
        assertThat(violationsOf(
                        deferred(5).attempt(2).parent("batch/s/t/1"),
                        completed(6).attempt(2).parent("batch/s/t/2")))
                .containsExactly(new NaiveViolation(2, ViolationType.PARENT_MISMATCH));
        assertThat(violationsOf(
                        deferred(5).attempt(2).parent("batch/s/t/1"),
                        completed(6).attempt(2)))
                .isEmpty();
        assertThat(violationsOf(
                        deferred(5).attempt(1).parent("batch/s/t/1"),
                        deferred(6).attempt(2).parent("batch/s/t/2")))
                .isEmpty();
    }

    @Test
    default void shouldReportAStepBackOnlyWhenTheLowerRankHappenedLater() {
        NaiveViolation backward = new NaiveViolation(1, ViolationType.BACKWARD_TRANSITION);
        assertThat(violationsOf(pending(5).attempt(1), deferred(6).attempt(1))).containsExactly(backward);
        assertThat(violationsOf(pending(5).attempt(1), deferred(5).attempt(1))).isEmpty();
        assertThat(violationsOf(pending(5).attempt(1), deferred(4).attempt(1))).isEmpty();
        assertThat(violationsOf(
                        deferred(4).attempt(1),
                        pending(5).attempt(1),
                        deferred(6).attempt(1)))
                .containsExactly(backward);
        assertThat(violationsOf(retired(5).attempt(1), deferred(6).attempt(1))).containsExactly(backward);
    }

    @Test
    default void shouldReportNoStepBackWhenADeclarationIsRepeated() {
        assertThat(violationsOf(declared(1), opened(2), declared(3), completed(4), declared(5)))
                .isEmpty();
    }

    @Test
    default void shouldCountAnEventOnceWhenItIsReadAgain() {
        // Given
        LifecycleUnderTest subject = having(deferred(5).due(10), completed(7));
        NaiveView before = subject.view().orElseThrow();

        // When
        arriveAt(NaiveMoment.UNSET, subject, deferred(5).due(10));

        // Then
        assertThat(subject.view()).contains(before);
        assertThat(before.attempt()).isEqualTo(1);
    }

    @Test
    default void shouldKeepTheEarlierContentsWhenAnEventIdIsUsedTwice() {
        // When
        NaiveView view = viewOf(completed(6).id(1, 1), failed(5).id(1, 1));

        // Then
        assertThat(view.status()).isEqualTo(Status.FAILED);
        assertThat(view.lastOccurredAtMs()).isEqualTo(5);
    }

    @Test
    default void shouldChooseByTheContentsInTheirOrderWhenAnEventIdIsUsedTwiceAtOneTime() {
        // Given
        List<List<NaiveEventDraft>> pairs = List.of(
                List.of(cancelled(5), completed(5)),
                List.of(completed(5).attempt(2), failed(5).attempt(1)),
                List.of(
                        deferred(5).attempt(2).parent("batch/s/t/2"),
                        deferred(5).attempt(10).parent("batch/s/t/1")),
                List.of(
                        deferred(5).parent("batch/s/t/1").due(10),
                        deferred(5).parent("batch/s/t/2").due(9)),
                List.of(deferred(5).due(9).detail("b"), deferred(5).due(10).detail("a")),
                List.of(deferred(5).due(10), deferred(5)),
                List.of(deferred(5).due(10), deferred(5).deadline(9, "policy:p")),
                List.of(
                        deferred(5).detail("a").waitingOn("b"),
                        deferred(5).detail("b").waitingOn("a")),
                List.of(
                        deferred(5).waitingOn("a").reason("b"),
                        deferred(5).waitingOn("b").reason("a")),
                List.of(
                        deferred(5).reason("a").externalId("b"),
                        deferred(5).reason("b").externalId("a")),
                List.of(
                        deferred(5).externalId("a").promisedBy("b"),
                        deferred(5).externalId("b").promisedBy("a")),
                List.of(
                        completed(5).promisedBy("a").outputHash("b"),
                        completed(5).promisedBy("b").outputHash("a")),
                List.of(
                        completed(5).outputHash("a").duration(2),
                        completed(5).outputHash("b").duration(1)),
                List.of(
                        completed(5).duration(1).counts(Map.of("b", 1L)),
                        completed(5).duration(2).counts(Map.of("a", 1L))),
                List.of(completed(5), completed(5).counts(Map.of("a", 1L))),
                List.of(completed(5).counts(Map.of("a", 1L)), completed(5).counts(Map.of("b", 1L))));

        for (List<NaiveEventDraft> pair : pairs) {
            NaiveEventDraft stays = pair.get(0).id(1, 1);
            NaiveEventDraft goes = pair.get(1).id(1, 1);

            // When / Then
            assertThat(having(stays, goes).view()).isEqualTo(having(stays).view());
            assertThat(having(goes, stays).view()).isEqualTo(having(stays).view());
        }
    }

    @Test
    default void shouldKeepTheFactReadFirstWhenCopiesDifferOnlyInWhatAPolicyGave() {
        // Given
        List<List<NaiveEventDraft>> pairs = List.of(
                List.of(
                        deferred(5).deadline(60, "policy:a").grace(3),
                        deferred(5).deadline(50, "policy:b").grace(2)),
                List.of(deferred(5), deferred(5).deadline(50, "policy:b").grace(2)),
                List.of(deferred(5).due(50).grace(3), deferred(5).due(50).grace(2)));

        for (List<NaiveEventDraft> pair : pairs) {
            NaiveEventDraft one = pair.get(0).id(1, 1);
            NaiveEventDraft other = pair.get(1).id(1, 1);

            // When / Then
            assertThat(having(one, other).view()).isEqualTo(having(one).view());
            assertThat(having(other, one).view()).isEqualTo(having(other).view());
        }
    }

    @Test
    default void shouldShowTextsOfTheDecidingFactAndTheFirstExternalIdOfTheAttempt() {
        // When
        NaiveView view = viewOf(
                deferred(1).detail("queued").waitingOn("tonight"),
                pending(2).externalId("X-1").detail("sent"),
                pending(3).externalId("X-2").detail("sent again").waitingOn("reply"));

        // Then
        assertThat(view.details().detail()).isEqualTo("sent");
        assertThat(view.details().waitingOn()).isEmpty();
        assertThat(view.details().externalId()).isEqualTo("X-1");
    }

    @Test
    default void shouldShowTheResultOfTheDecidingFact() {
        // When
        NaiveView pending = viewOf(deferred(1), pending(2).duration(7));
        NaiveView completed = viewOf(
                pending(2).duration(7),
                completed(3).outputHash("sha-1").counts(Map.of("rows", 12L)),
                completed(4).outputHash("sha-2").duration(9));

        // Then
        assertThat(pending.details().durationMs()).isEqualTo(7);
        assertThat(completed.details().outputHash()).isEqualTo("sha-1");
        assertThat(completed.details().durationMs()).isEqualTo(-1);
        assertThat(completed.details().counts()).isEqualTo(Map.of("rows", 12L));
    }

    @Test
    default void shouldShowNoDeadlineWhenTheStatusAwaitsWithoutOneOrDoesNotAwait() {
        // When
        NaiveView awaiting = viewOf(deferred(1).grace(7));
        NaiveView finished = viewOf(deferred(1).due(5).grace(7), completed(2));

        // Then
        for (NaiveView view : List.of(awaiting, finished)) {
            assertThat(view.deadlineMs()).isEqualTo(Times.NEVER);
            assertThat(view.deadline().graceMs()).isZero();
            assertThat(view.deadline().rule()).isEmpty();
        }
    }
}
