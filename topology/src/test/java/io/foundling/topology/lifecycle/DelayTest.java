package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The delay of one source. Proves rule T16. */
final class DelayTest {

    private static final long SIX_HOURS = 6 * 60 * 60 * 1_000;

    private final Delay delay = Delay.NONE.with(step(70_000, 1_000_000), 0).with(step(20_000, 3_000_000), 0);

    private static Delay.Step step(long delayMs, long untilMs) {
        return new Delay.Step(delayMs, untilMs);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10000",
        "10000, 10000",
        "10001, 20000",
        "70000, 70000",
        "70001, 80000",
        "160000, 160000",
        "160001, 180000",
        "320000, 320000",
        "320001, 360000",
        "600000, 600000",
        "10800000, 11520000",
        "63072000000, 63753420800"
    })
    void shouldRoundUpToStepsThatAreAnEighthAtMost(long latenessMs, long roundedMs) {
        // When
        long rounded = Delay.rounded(latenessMs);

        // Then
        assertThat(rounded).isBetween(latenessMs, latenessMs + Math.max(10_000, latenessMs / 8));
        if (latenessMs < 63_072_000_000L) {
            assertThat(rounded).isEqualTo(roundedMs);
        }
    }

    @Test
    void shouldBeTheGreatestThatIsRemembered() {
        assertThat(delay.atMs(Long.MIN_VALUE)).isEqualTo(70_000);
        assertThat(delay.atMs(1_000_000)).isEqualTo(70_000);
        assertThat(delay.atMs(1_000_001)).isEqualTo(20_000);
        assertThat(delay.atMs(3_000_000)).isEqualTo(20_000);
        assertThat(delay.atMs(3_000_001)).isZero();
        assertThat(delay.isOver(3_000_000)).isFalse();
        assertThat(delay.isOver(3_000_001)).isTrue();
    }

    @Test
    void shouldKeepOnlyWhatCanStillBecomeTheGreatest() {
        assertThat(delay.with(step(20_000, 3_000_000), 0)).isSameAs(delay);
        assertThat(delay.with(step(10_000, 2_000_000), 0)).isSameAs(delay);
        assertThat(delay.with(step(30_000, 3_000_000), 0).steps())
                .containsExactly(step(70_000, 1_000_000), step(30_000, 3_000_000));
        assertThat(delay.with(step(70_000, 3_000_000), 0).steps()).containsExactly(step(70_000, 3_000_000));
        assertThat(delay.with(step(10_000, 4_000_000), 1_000_001).steps())
                .containsExactly(step(20_000, 3_000_000), step(10_000, 4_000_000));
    }

    @Test
    void shouldBeDueWhenTheJudgedClockIsPastTheTimeOrTheLatenessIsForgotten() {
        assertThat(Delay.NONE.dueMs(500, 900, SIX_HOURS)).isEqualTo(500);
        assertThat(delay.dueMs(500, 900, SIX_HOURS)).isEqualTo(70_500);
        assertThat(delay.dueMs(940_000, 0, SIX_HOURS)).isEqualTo(1_000_000);
        assertThat(delay.dueMs(990_000, 0, SIX_HOURS)).isEqualTo(1_010_000);
        assertThat(delay.dueMs(2_990_000, 0, SIX_HOURS)).isEqualTo(3_000_000);
        assertThat(delay.dueMs(5_000_000, 0, SIX_HOURS)).isEqualTo(5_000_000);
    }

    @Test
    void shouldBeDueAtTheLatestWhenTheMaximumIsOver() {
        assertThat(delay.dueMs(500, 900, 1_000)).isEqualTo(1_900);
        assertThat(delay.dueMs(900, 500, 1_000)).isEqualTo(1_900);
        assertThat(delay.dueMs(900, 500, 0)).isEqualTo(900);
    }

    @Test
    void shouldNeverBeDueWhenThereIsNoLimit() {
        assertThat(delay.dueMs(Times.NEVER, 0, 0)).isEqualTo(Times.NEVER);
        assertThat(new Delay(List.of(step(Times.NEVER, 50))).dueMs(10, 0, Long.MAX_VALUE))
                .isEqualTo(50);
    }
}
