package io.foundling.topology.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many sources a partition knows, and for how long. Proves rules T26 and B9. */
final class KnownSourcesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration EVERY_SIX_SECONDS = Duration.ofSeconds(6);

    @Test
    void shouldKeepAWeekOfEachSourceAndForgetOneThatWasNotHeardForLong() {
        // Given
        ListeningPartitions partitions = new ListeningPartitions(3, SilenceSettings.defaults());
        partitions.hear("alpha", Duration.ofMinutes(30), Duration.ofDays(9));
        long most = partitions.stored(0);

        // When
        partitions.hear("beta", HOUR, Duration.ofDays(8).plusHours(2));

        // Then
        assertThat(most).isEqualTo(1 + HeardStore.HOURS);
        assertThat(partitions.stored(0)).as("beta alone").isLessThanOrEqualTo(1 + HeardStore.HOURS);
    }

    @Test
    void shouldTakeOnePlaceForASourceThatIsKnownAndWasHeard() {
        // Given
        ListeningPartitions two = new ListeningPartitions(1, SilenceSettings.defaults(), 2);
        two.hear("alpha", EVERY_SIX_SECONDS, HOUR);

        // When
        two.hear(0, "alpha");
        two.hear(0, "beta");
        two.hear(0, "gamma");
        two.stayQuiet(MINUTE.multipliedBy(2));

        // Then
        assertThat(two.known(0)).isEqualTo(2);
    }

    @Test
    void shouldKnowNoMoreSourcesOfOtherPartitionsThanThereArePlaces() {
        // Given
        ListeningPartitions two = new ListeningPartitions(2, SilenceSettings.defaults(), 1);

        // When
        two.hear(0, "alpha");
        two.hear(1, "beta");
        two.stayQuiet(MINUTE.multipliedBy(2));

        // Then
        assertThat(two.known(0)).isEqualTo(1);
        assertThat(two.known(1)).isEqualTo(1);
    }

    @Test
    void shouldGiveThePlaceOfASourceToAnotherOnceItIsForgotten() {
        // Given
        ListeningPartitions one = new ListeningPartitions(1, SilenceSettings.defaults(), 1);
        one.hear("alpha", EVERY_SIX_SECONDS, HOUR);
        one.hear("beta", EVERY_SIX_SECONDS, HOUR);
        long withAlpha = one.stored(0);

        // When
        one.stayQuiet(Duration.ofDays(8).plusHours(1));
        long withNone = one.stored(0);
        one.hear("beta", EVERY_SIX_SECONDS, HOUR);

        // Then
        assertThat(withAlpha).as("alpha, and one hour of it").isEqualTo(2);
        assertThat(withNone).isZero();
        assertThat(one.known(0)).isEqualTo(1);
    }
}
