package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import org.junit.jupiter.api.Test;

/** Metadata of all events, merged key by key. Proves rule L16. */
public interface MetadataRules extends LifecycleExamples {

    NaiveViolation TRUNCATED = new NaiveViolation(0, ViolationType.METADATA_TRUNCATED);

    @Test
    default void shouldMergeKeyByKeyWhenSeveralEventsCarrySome() {
        // When
        NaiveView view = viewOf(
                deferred(5).metadata("a", "new").metadata("b", "b"),
                NaiveEventDraft.annotated(4).metadata("a", "old").metadata("c", "c"));

        // Then
        assertThat(view.metadata())
                .hasSize(3)
                .containsEntry("a", "new")
                .containsEntry("b", "b")
                .containsEntry("c", "c");
    }

    @Test
    default void shouldTakeTheLargestIdInUnsignedBytesWhenTimesAreTheSame() {
        assertThat(viewOf(
                                deferred(5).id(Long.MIN_VALUE, 0).metadata("a", "large"),
                                NaiveEventDraft.annotated(5).id(1, 0).metadata("a", "small"))
                        .metadata())
                .containsEntry("a", "large");
    }

    @Test
    default void shouldTakeMetadataOfAnEventThatIsOutOfRange() {
        assertThat(viewOf(deferred(5), completed(6).attempt(500).metadata("a", "b"))
                        .metadata())
                .containsEntry("a", "b");
    }

    @Test
    default void shouldKeepTheSmallestKeysWhenThereAreMoreThan64() {
        // Given
        NaiveEventDraft full = deferred(5);
        for (int i = 0; i < 64; i++) {
            full.metadata("k%02d".formatted(i), "v");
        }

        // Then
        assertThat(violationsOf(full)).isEmpty();
        NaiveEventDraft more = NaiveEventDraft.annotated(1).metadata("a", "v");
        assertThat(violationsOf(full, more)).containsExactly(TRUNCATED);
        assertThat(viewOf(full, more).metadata())
                .hasSize(64)
                .containsKeys("a", "k62")
                .doesNotContainKey("k63");
    }

    @Test
    default void shouldCutAValueAtACharacterWhenItIsOver1024Bytes() {
        // Given
        String fits = "x".repeat(1_024);
        String split = "x".repeat(1_021) + "\uD83D\uDE00";

        // Then
        assertThat(violationsOf(deferred(5).metadata("a", fits))).isEmpty();
        assertThat(viewOf(deferred(5).metadata("a", fits)).metadata()).containsEntry("a", fits);
        assertThat(violationsOf(deferred(5).metadata("a", split))).containsExactly(TRUNCATED);
        assertThat(viewOf(deferred(5).metadata("a", split)).metadata()).containsEntry("a", "x".repeat(1_021));
    }

    @Test
    default void shouldLeaveAKeyOutWhenItIsOver256Characters() {
        // Given
        String fits = "k".repeat(256);

        // Then
        assertThat(viewOf(deferred(5).metadata(fits, "v")).metadata()).containsKey(fits);
        assertThat(violationsOf(deferred(5).metadata(fits, "v"))).isEmpty();
        assertThat(viewOf(deferred(5).metadata(fits + "k", "v")).metadata()).isEmpty();
        assertThat(violationsOf(deferred(5).metadata(fits + "k", "v"))).containsExactly(TRUNCATED);
    }
}
