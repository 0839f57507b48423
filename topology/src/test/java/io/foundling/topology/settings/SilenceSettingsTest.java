package io.foundling.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often partitions report which sources were heard. Proves rule T26. */
final class SilenceSettingsTest {

    @ParameterizedTest
    @CsvSource({"PT1S, 1000", "PT15S, 1000", "PT30S, 2000", "PT15M, 60000", "PT12H, 60000"})
    void shouldReportFifteenTimesBeforeASourceIsSilentButNoMoreThanOnceASecondAndNoLessThanOnceAMinute(
            Duration after, long roundMs) {
        // Given
        SilenceSettings settings = new SilenceSettings(Duration.ofDays(1), 100, after);

        // Then
        assertThat(settings.roundMs()).isEqualTo(roundMs);
    }
}
