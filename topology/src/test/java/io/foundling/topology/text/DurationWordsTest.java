package io.foundling.topology.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationWordsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms, 0 ms",
        "1, 1 ms, 1 ms",
        "999, 999 ms, 999 ms",
        "1000, 1 s, 1 s",
        "1999, 1 s 999 ms, 1 s",
        "60000, 1 min, 1 min",
        "3599999, 59 min 59 s 999 ms, 59 min 59 s",
        "3600000, 1 h, 1 h",
        "3660001, 1 h 1 min 1 ms, 1 h 1 min",
        "86400000, 1 d, 1 d",
        "86460000, 1 d 1 min, 1 d",
        "273600000, 3 d 4 h, 3 d 4 h",
        "-273600000, minus 3 d 4 h, minus 3 d 4 h",
        "9223372036854775806, 106751991167 d 7 h 12 min 55 s 806 ms, 106751991167 d 7 h",
    })
    void shouldBeReadByPeople(long ms, String whole, String brief) {
        assertThat(DurationWords.of(ms)).isEqualTo(whole);
        assertThat(DurationWords.brief(ms)).isEqualTo(brief);
    }
}
