package io.foundling.topology.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an explanation shows of a long list. */
final class RunsTest {

    private static Step extended(int minute) {
        return Step.at(minute * 60_000L, "Extended to " + Words.time(minute * 60_000L + 1) + ".", "T11");
    }

    @Test
    void shouldShowTheFirstAndTheLastOfARunWhenStepsDifferInTimesOnly() {
        // Given
        List<Step> steps =
                IntStream.range(0, 2_000).mapToObj(RunsTest::extended).toList();

        // When
        List<Step> shortened = Runs.shorten(steps);

        // Then
        assertThat(shortened)
                .containsExactly(steps.get(0), Step.of("And 1,998 more like it, before this one:"), steps.get(1_999));
    }

    @Test
    void shouldShowAllWhenStepsDiffer() {
        // Given
        List<Step> steps = Stream.of(1, 2, 3, 4, 5)
                .map(number -> Step.of("It joins attempt " + number + "."))
                .toList();

        // When
        List<Step> shortened = Runs.shorten(steps);

        // Then
        assertThat(shortened).isEqualTo(steps);
    }

    @Test
    void shouldShowBothEndsWhenThereAreTooManySteps() {
        // Given
        List<Step> steps = IntStream.range(0, 1_000)
                .mapToObj(number -> Step.of("It joins attempt " + number + "."))
                .toList();

        // When
        List<Step> shortened = Runs.shorten(steps);

        // Then
        assertThat(shortened)
                .hasSize(Runs.MAX_STEPS + 1)
                .startsWith(steps.get(0))
                .endsWith(steps.get(999));
        assertThat(shortened.get(100).sentence())
                .isEqualTo("Here are 800 more steps, which are not shown: at most 200 are.");
    }
}
