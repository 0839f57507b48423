package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.EXPECTED;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an announcement by somebody else does. Proves rules L1, L6, L8, L12, T1 and T9. */
public interface ExpectedRules extends LifecycleExamples {

    /** Long enough after an end that no rule can take the fact for a part of what ended. */
    long MUCH_LATER = 1_000_000;

    @Test
    default void shouldWarnWhenNothingBeginsByTheTimeThatWasAnnounced() {
        assertThat(warningsAt(10, expected(1).due(10))).isEmpty();
        assertThat(warningsAt(11, expected(1).due(10))).containsExactly(active(EXPECTED, 1, 10));
        assertThat(warningsAt(99, expected(1).due(10), opened(10))).isEmpty();
        assertThat(warningsAt(99, expected(1).due(10), opened(11))).containsExactly(warning(EXPECTED, 1, 10, 11));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "SKIPPED", "CANCELLED", "RETIRED"})
    default void shouldBeginTheNextAttemptWhenAnAnnouncementFollowsAnEnd(FactType end) {
        // When
        NaiveView view = viewOf(NaiveEventDraft.of(end, 5), expected(MUCH_LATER).due(MUCH_LATER + 10));

        // Then
        assertThat(view.attempt()).isEqualTo(2);
        assertThat(view.status()).isEqualTo(EXPECTED);
        assertThat(view.deadlineMs()).isEqualTo(MUCH_LATER + 10);
    }

    @Test
    default void shouldBeHistoryWhenTheWorkHadBegunBefore() {
        // When
        NaiveView view = viewOf(opened(1), expected(9).due(20));

        // Then
        assertThat(view.attempt()).isEqualTo(1);
        assertThat(view.status()).isEqualTo(Status.OPEN);
        assertThat(warningsAt(99, opened(1), expected(9).due(20))).isEmpty();
        assertThat(violationsOf(opened(1), expected(MUCH_LATER))).isEmpty();
    }

    @Test
    default void shouldTakeTheDeadlineOfTheAnnouncementWhenTheSubjectIsDeclaredToo() {
        // When
        NaiveView view = viewOf(
                declared(1).detail("declared"),
                expected(5).due(10).detail("announced").reason("nightly"),
                declared(7));

        // Then
        assertThat(view.status()).isEqualTo(EXPECTED);
        assertThat(view.enteredAtMs()).isEqualTo(5);
        assertThat(view.deadlineMs()).isEqualTo(10);
        assertThat(view.details().detail()).isEqualTo("announced");
        assertThat(view.details().reason()).isEqualTo("nightly");
        assertThat(warningsAt(11, declared(1), expected(5).due(10))).containsExactly(active(EXPECTED, 5, 10));
    }

    @Test
    default void shouldKeepTheDeadlineThatAPolicyGaveADeclaration() {
        // Given
        NaiveEventDraft declared = declared(1).deadline(3, "policy:scopes");

        // When / Then
        assertThat(viewOf(declared, expected(5).due(10)).deadlineMs()).isEqualTo(3);
        assertThat(warningsAt(11, declared, expected(5).due(10)))
                .singleElement()
                .satisfies(warning -> assertThat(warning.enteredAtMs()).isEqualTo(1));
        assertThat(viewOf(expected(1).due(10), declared(2).deadline(3, "policy:scopes"))
                        .deadlineMs())
                .isEqualTo(10);
    }

    @Test
    default void shouldTakeTheFirstAnnouncementWhenThereAreSeveral() {
        assertThat(viewOf(expected(1).due(10), expected(2).due(20)).deadlineMs())
                .isEqualTo(10);
        assertThat(viewOf(expected(1).due(10), extended(5, 30)).deadlineMs()).isEqualTo(30);
    }

    private static NaiveEventDraft expected(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.EXPECTED, occurredAtMs);
    }
}
