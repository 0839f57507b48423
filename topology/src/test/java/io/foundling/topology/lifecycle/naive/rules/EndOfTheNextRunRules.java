package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveAttempt;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An end that is dated a little before the beginning of its own run by another clock starts the attempt. Proves rule L6.
 */
public interface EndOfTheNextRunRules extends OutOfStepRules {

    @Test
    default void shouldBeTheEndOfTheNextRunWhenItsBeginningIsDatedALittleLater() {
        for (NaiveClocks clocks : List.of(RECORD, OTHER_KIND)) {
            for (NaiveEventDraft before : List.of(completed(T), failed(T), cancelled(T), skipped(T), retrying(T))) {
                for (FactType end : List.of(FactType.COMPLETED, FactType.RETRYING)) {
                    // When
                    NaiveView view = view(
                            clocks,
                            deferred(T - 60 * SECOND),
                            before,
                            NaiveEventDraft.of(end, T + 60 * SECOND),
                            deferred(T + 60 * SECOND + 20));

                    // Then
                    assertThat(view.attempt()).isEqualTo(2);
                    assertThat(view.status()).isEqualTo(end.status());
                }
            }
        }
    }

    @Test
    default void shouldBeTheEndOfTheNextRunOnlyWhenTheEndBeforeIsBeyondTheLag() {
        assertThat(view(OTHER_KIND, completed(T), completed(T + LAG), pending(T + LAG + 20))
                        .attempt())
                .isEqualTo(1);
        assertThat(view(OTHER_KIND, completed(T), completed(T + LAG + 1), pending(T + LAG + 20))
                        .attempt())
                .isEqualTo(2);
        assertThat(view(OTHER_KIND, completed(T), retrying(T + LAG), completed(T + LAG + 1), pending(T + LAG + 20))
                        .attempt())
                .as("the latest end is close")
                .isEqualTo(1);
        assertThat(view(OTHER_KIND, completed(T + LAG + 1), pending(T + LAG + 20))
                        .attempt())
                .as("no end before")
                .isEqualTo(1);
    }

    @Test
    default void shouldBeTheEndOfTheNextRunOnlyWhenWorkFollowsWithinTheLag() {
        // Given
        NaiveEventDraft[] ends = {opened(T - SECOND), completed(T), completed(T + 60 * SECOND)};
        long second = T + 60 * SECOND;

        // When / Then
        assertThat(view(RECORD, ends).attempt()).isEqualTo(1);
        assertThat(view(RECORD, append(ends, opened(second + LAG))).history())
                .containsExactly(
                        new NaiveAttempt(1, Status.COMPLETED, T - SECOND, T),
                        new NaiveAttempt(2, Status.COMPLETED, second, second));
        assertThat(view(RECORD, append(ends, opened(second + LAG + 1))).status())
                .as("a run of its own")
                .isEqualTo(Status.OPEN);
        assertThat(view(RECORD, append(ends, declared(second + 20))).attempt()).isEqualTo(1);
        assertThat(view(RECORD, append(ends, NaiveEventDraft.of(FactType.EXPECTED, second + 20)))
                        .attempt())
                .as("announced, not begun")
                .isEqualTo(1);
        assertThat(view(RECORD, append(ends, extended(second + 20, second + 40)))
                        .attempt())
                .isEqualTo(1);
        assertThat(view(RECORD, append(ends, opened(second + 20).attempt(1))).attempt())
                .as("a number says where it belongs")
                .isEqualTo(1);
    }

    @Test
    default void shouldBeTheEndOfTheNextRunWhenOnlyNewStatusesFollowTheEndBefore() {
        // Given
        long second = T + 60 * SECOND;

        // When
        NaiveView next = view(OTHER_KIND, completed(T), opened(T + 20), completed(second), opened(second + 20));
        NaiveView begunAgain = view(
                RECORD,
                pending(T - SECOND),
                completed(T),
                pending(T + SECOND),
                completed(second),
                pending(second + 20));
        NaiveView numbered = view(
                RECORD,
                pending(T - SECOND),
                completed(T),
                pending(T + SECOND).attempt(1),
                completed(second),
                pending(second + 20));
        NaiveView endedAgain = view(
                RECORD,
                pending(T - SECOND),
                completed(T),
                pending(T + SECOND),
                completed(second),
                completed(second + 60 * SECOND),
                pending(second + 60 * SECOND + 20));

        // Then
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(begunAgain.attempt())
                .as("perhaps the end of a run of its own")
                .isEqualTo(1);
        assertThat(numbered.attempt()).isEqualTo(1);
        assertThat(endedAgain.attempt()).as("that run has ended").isEqualTo(2);
    }

    @Test
    default void shouldStayRetiredWhenAnEndFollows() {
        // When
        NaiveView view =
                view(OTHER_KIND, completed(T - LAG), retired(T), completed(T + 2 * LAG), opened(T + 2 * LAG + 20));

        // Then
        assertThat(view.history())
                .containsExactly(
                        new NaiveAttempt(1, Status.RETIRED, T - LAG, T),
                        new NaiveAttempt(2, Status.OPEN, T + 2 * LAG + 20, Times.NEVER));
    }

    @Test
    default void shouldNotBeTheEndOfTheNextRunWhenItHasANumber() {
        assertThat(view(OTHER_KIND, completed(T), completed(T + 60 * SECOND).attempt(1), opened(T + 60 * SECOND + 20))
                        .attempt())
                .isEqualTo(1);
    }
}
