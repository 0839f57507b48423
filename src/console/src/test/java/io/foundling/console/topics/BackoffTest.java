package io.foundling.console.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void shouldWaitTwiceAsLongEachTimeButAMinuteAtMost() {
        assertThat(IntStream.rangeClosed(1, 8).mapToLong(Backoff::ms))
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
        assertThat(Backoff.ms(100)).isEqualTo(60_000);
        assertThat(Backoff.ms(Integer.MAX_VALUE)).isEqualTo(60_000);
    }
}
