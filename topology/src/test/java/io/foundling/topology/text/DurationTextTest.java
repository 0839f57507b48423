package io.foundling.topology.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.001S, 1ms",
        "PT0.999S, 999ms",
        "PT1S, 1s",
        "PT1.001S, 1001ms",
        "PT60S, 1m",
        "PT61S, 61s",
        "PT1H, 1h",
        "PT90M, 90m",
        "PT24H, 1d",
        "PT25H, 25h",
        "P36500D, 36500d"
    })
    void shouldWriteTheLongestUnitThatLeavesAWholeNumber(Duration duration, String text) {
        // When
        String written = DurationText.of(duration);

        // Then
        assertThat(written).isEqualTo(text);
        assertThat(DurationText.parse(written)).hasValue(duration);
    }

    @Test
    void shouldReadZeroWithoutAUnit() {
        assertThat(DurationText.parse("0")).hasValue(Duration.ZERO);
        assertThat(DurationText.parse("5")).isEmpty();
    }
}
