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

final class RestoreWatchTest {

    private static final String STORE = "ledger-store";
    private static final TopicPartition CHANGELOG = new TopicPartition("foundling-ledger-store-changelog", 3);

    private final List<String> reported = new ArrayList<>();
    private final RestoreWatch watch =
            new RestoreWatch(new StateDirectory(Path.of("state")), why -> reported.add(why.getMessage()));

    @Test
    void shouldRefuseToRestoreAnEmptyStoreFromAChangelogThatIsCutOff() {
        // Given
        watch.opened(CHANGELOG, null);

        // Then
        assertThatExceptionOfType(UnusableStateException.class)
                .isThrownBy(() -> watch.onRestoreStart(CHANGELOG, STORE, 17, 90))
                .withMessageStartingWith("the changelog " + CHANGELOG + " begins at offset 17, expected 0");
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

        // Then
        assertThatCode(() -> watch.onRestoreStart(CHANGELOG, STORE, 40, 90)).doesNotThrowAnyException();
    }

    @Test
    void shouldTellOfAStandbyThatReadsAChangelogThatIsCutOff() {
        // Given
        watch.opened(CHANGELOG, null);

        // When
        watch.onUpdateStart(CHANGELOG, STORE, 17);

        // Then
        assertThat(reported).singleElement().asString().contains("begins at offset 17, expected 0");
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
