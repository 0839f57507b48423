package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestoreWatchTest {

    private static final long NOTHING = -4;
    private static final String STORE = "ledger-store";
    private static final TopicPartition CHANGELOG = new TopicPartition("foundling-ledger-store-changelog", 3);

    private final List<String> reported = new ArrayList<>();
    private long firstOffset;
    private final RestoreWatch watch = new RestoreWatch(
            new StateDirectory(Path.of("state")), changelog -> firstOffset, why -> reported.add(why.getMessage()));

    @Test
    void shouldRefuseToRestoreAnEmptyStoreFromAChangelogThatIsCutOff() {
        // Given
        watch.opened(CHANGELOG, null);
        firstOffset = 17;

        // Then
        assertThatExceptionOfType(UnusableStateException.class)
                .isThrownBy(() -> watch.onRestoreStart(CHANGELOG, STORE, 17, 90))
                .withMessageStartingWith("the changelog " + CHANGELOG + " begins at offset 17, expected 0");
    }

    @Test
    void shouldRefuseToLeaveOutWhatIsThere() {
        // Given
        watch.opened(CHANGELOG, null);

        // Then
        assertThatExceptionOfType(SkippedRestoreException.class)
                .isThrownBy(() -> watch.onRestoreStart(CHANGELOG, STORE, 27, 90))
                .withMessage(
                        "the restore of " + CHANGELOG + " begins at offset 27, expected 0; the store is restored anew");
    }

    @Test
    void shouldKeepNoOffsetBeyondWhatAStoreHas() {
        // Given
        TopicPartition other = new TopicPartition(CHANGELOG.topic(), 4);
        Map<TopicPartition, Long> offsets = Map.of(CHANGELOG, 90L, other, 7L);
        watch.opened(CHANGELOG, null);
        watch.opened(other, 6L);

        // Then
        assertThat(watch.known(offsets)).containsOnly(Map.entry(CHANGELOG, NOTHING), Map.entry(other, 7L));
        watch.onRestoreStart(CHANGELOG, STORE, 0, 90);
        watch.onBatchRestored(CHANGELOG, STORE, 40, 38);
        assertThat(watch.known(offsets)).containsOnly(Map.entry(CHANGELOG, 40L), Map.entry(other, 7L));
        watch.onRestoreEnd(CHANGELOG, STORE, 88);
        assertThat(watch.known(offsets)).isEqualTo(offsets);
    }

    @Test
    void shouldKeepTheOffsetsOfAStandby() {
        // Given
        watch.opened(CHANGELOG, null);

        // When
        watch.onUpdateStart(CHANGELOG, STORE, 0);

        // Then
        assertThat(watch.known(Map.of(CHANGELOG, 26L))).containsOnly(Map.entry(CHANGELOG, 26L));
    }

    /** Kafka Streams does not open the store of a standby again when it makes it active. */
    @Test
    void shouldLetAStandbyThatReadEverythingBecomeActive() {
        // Given
        watch.opened(CHANGELOG, null);
        watch.onUpdateStart(CHANGELOG, STORE, 0);

        // Then
        assertThatCode(() -> watch.onRestoreStart(CHANGELOG, STORE, 123_457, 123_457))
                .doesNotThrowAnyException();
        assertThat(reported).isEmpty();
    }

    @Test
    void shouldLetARestoreGoOnWhereItWasInterrupted() {
        // Given
        watch.opened(CHANGELOG, null);
        watch.onRestoreStart(CHANGELOG, STORE, 0, 90);
        watch.onBatchRestored(CHANGELOG, STORE, 39, 38);

        // Then
        assertThatCode(() -> watch.onRestoreStart(CHANGELOG, STORE, 40, 90)).doesNotThrowAnyException();
        assertThatExceptionOfType(SkippedRestoreException.class)
                .isThrownBy(() -> watch.onRestoreStart(CHANGELOG, STORE, 41, 90))
                .withMessageContaining("begins at offset 41, expected 40");
    }

    @Test
    void shouldTellOfAStandbyThatReadsAChangelogThatIsCutOff() {
        // Given
        watch.opened(CHANGELOG, null);

        // When
        firstOffset = 17;
        watch.onUpdateStart(CHANGELOG, STORE, 17);

        // Then
        assertThat(reported).singleElement().asString().contains("begins at offset 17, expected 0");
    }

    /** An active task that restores, and has been given the offsets of before, may become a standby. */
    @ParameterizedTest
    @ValueSource(longs = {NOTHING, 39})
    void shouldRestoreAStandbyAnewThatLeftOutWhatIsThere(long last) {
        // Given
        watch.opened(CHANGELOG, null);
        watch.onRestoreStart(CHANGELOG, STORE, 0, 90);
        watch.onBatchRestored(CHANGELOG, STORE, last, 38);

        // When
        watch.onUpdateStart(CHANGELOG, STORE, 90);

        // Then
        assertThat(reported).isEmpty();
        assertThat(watch.known(Map.of(CHANGELOG, 95L))).isEqualTo(Map.of(CHANGELOG, last));
        assertThatExceptionOfType(SkippedRestoreException.class)
                .isThrownBy(() -> watch.onRestoreStart(CHANGELOG, STORE, 96, 99));
    }

    @Test
    void shouldLetAStoreGoOnThatHoldsWhatWasCutOff() {
        // Given
        watch.begin(Map.of(CHANGELOG, 17L));

        // When
        watch.opened(CHANGELOG, 16L);

        // Then
        assertThatCode(() -> watch.onRestoreStart(CHANGELOG, STORE, 17, 90)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAStoreThatLacksWhatWasCutOff() {
        // Given
        watch.begin(Map.of(CHANGELOG, 17L));

        // Then
        assertThatExceptionOfType(UnusableStateException.class)
                .isThrownBy(() -> watch.opened(CHANGELOG, 15L))
                .withMessageContaining("begins at offset 17, expected at most 16");
    }
}
