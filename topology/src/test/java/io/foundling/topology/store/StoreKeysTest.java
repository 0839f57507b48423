package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout is stored: what these tests say never changes, a new layout is a new first byte. */
final class StoreKeysTest {

    @Test
    void shouldKeepTheLayoutOfSubjects() {
        assertThat(hex(StoreKeys.subject("record/s/t/ł"))).isEqualTo("01" + "7265636f72642f732f742f" + "c582");
    }

    @Test
    void shouldKeepTheLayoutOfTheExpiryIndex() {
        assertThat(hex(StoreKeys.expiry(1_767_614_400_000L, "a"))).isEqualTo("02" + "8000019b8e074600" + "61");
        assertThat(hex(StoreKeys.expiry(-1, "a"))).isEqualTo("02" + "7fffffffffffffff" + "61");
        assertThat(hex(StoreKeys.expiry(0, ""))).isEqualTo("02" + "8000000000000000");
    }

    @Test
    void shouldKeepTheLayoutOfTheOthers() {
        assertThat(hex(StoreKeys.formerCursor())).isEqualTo("03");
        assertThat(hex(StoreKeys.cursor())).isEqualTo("09");
        assertThat(hex(StoreKeys.source("a"))).isEqualTo("10" + "61");
        assertThat(hex(StoreKeys.delayedSince("s"))).isEqualTo("31" + "73");
        assertThat(hex(StoreKeys.published("s"))).isEqualTo("32" + "73");
        assertThat(hex(StoreKeys.memberCount("a"))).isEqualTo("46" + "61");
        assertThat(hex(StoreKeys.tally("s", "t"))).isEqualTo("04" + "73" + "00" + "74");
        assertThat(hex(StoreKeys.withoutId("s", "t", "Opened")))
                .isEqualTo("05" + "73" + "00" + "74" + "00" + "4f70656e6564");
    }

    private static final String FIVE_FIGURES =
            "0000000000000005" + "0000000000000001" + "0000000000000002" + "0000000000000000" + "0000000000000002";

    private static final String SEVEN_FIGURES = FIVE_FIGURES + "0000000000000001" + "0000000000000003";

    @Test
    void shouldKeepTheLayoutOfTallies() {
        assertThat(HexFormat.of().formatHex(new Tally(5, 1, 2, 0, 2, 1, 3, 2).encode()))
                .isEqualTo(SEVEN_FIGURES + "0000000000000002");
    }

    @Test
    void shouldReadATallyOfAVersionThatKeptEveryTally() {
        assertThat(Tally.decode(HexFormat.of().parseHex(SEVEN_FIGURES))).isEqualTo(new Tally(5, 1, 2, 0, 2, 1, 3, 0));
    }

    @Test
    void shouldReadATallyOfAVersionThatCountedNeitherUnwatchedSubjectsNorOrphans() {
        assertThat(Tally.decode(HexFormat.of().parseHex(FIVE_FIGURES))).isEqualTo(new Tally(5, 1, 2, 0, 2, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 1_767_614_400_000L, Long.MAX_VALUE})
    void shouldGiveBackTimeAndSubject(long dueMs) {
        // When
        Bytes key = StoreKeys.expiry(dueMs, "record/s/t/ł");

        // Then
        assertThat(StoreKeys.timeOf(key)).isEqualTo(dueMs);
        assertThat(StoreKeys.textOf(key)).isEqualTo("record/s/t/ł");
    }

    @Test
    void shouldSortAsTimeDoes() {
        // Given
        long[] times = {Long.MIN_VALUE, -2, -1, 0, 1, 255, 256, Long.MAX_VALUE};

        // When
        Bytes[] keys = LongStream.of(times)
                .mapToObj(time -> StoreKeys.expiry(time, "a"))
                .toArray(Bytes[]::new);

        // Then
        assertThat(keys).isSorted();
    }

    @Test
    void shouldGiveBackSourceAndStage() {
        assertThat(StoreKeys.sourceAndStage(StoreKeys.tally("a/b", ""))).containsExactly("a/b", "");
    }

    private static String hex(Bytes key) {
        return HexFormat.of().formatHex(key.get());
    }
}
