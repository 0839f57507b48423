package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String LOST = "record/university/declaration/1-12";

    @Test
    void shouldTakeAtMostTwelveLinesWhenEverythingIsEqual() {
        // When
        List<String> lines = printed(account(2), account(2));

        // Then
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(12)
                .allSatisfy(line ->
                        assertThat(line).doesNotContain("\033", "DIFFERS").hasSizeLessThanOrEqualTo(Row.WIDTH));
        assertThat(lines)
                .contains(
                        "                           intended     seen",
                        "  recovered                       2        2  ✓",
                        "  still orphaned                  1        1  ✓  declaration 1-12",
                        "✓ Equal: everything is as the pipeline intended. The first warning came 16.8 s after the start.");
    }

    @Test
    void shouldMarkTheRowAndNameTheDifferenceWhenSomethingDiffers() {
        assertThat(printed(account(2), account(1)))
                .contains(
                        "  recovered                       2        1  ✗ DIFFERS",
                        "✗ Not equal: this is not as the pipeline intended:",
                        "  recovered: expected 2, seen 1");
    }

    @Test
    void shouldMarkASumWhenOnlyItsPartsDiffer() {
        assertThat(printed(violation("MISSING_ID"), violation("CONFLICTING_OUTCOME")))
                .contains(
                        "duplicates and bad input          1        1  ✗ DIFFERS  duplicates 0, violations 1, dead letters 0");
    }

    private static PipelineResult account(long recovered) {
        TreeMap<String, SortedSet<String>> alerts = new TreeMap<>();
        alerts.put("settlement/batch", new TreeSet<>(List.of(LOST)));
        return new PipelineResult(
                new TreeMap<>(Map.of(
                        PipelineResult.RECOVERED, recovered, PipelineResult.DEAD_LETTER + "NOT_AVRO_MESSAGE", 1L)),
                new TreeMap<>(Map.of(LOST, Status.PENDING)),
                alerts);
    }

    private static PipelineResult violation(String type) {
        return new PipelineResult(
                new TreeMap<>(Map.of(PipelineResult.VIOLATION + type, 1L)), new TreeMap<>(), new TreeMap<>());
    }

    private static List<String> printed(PipelineResult intended, PipelineResult seen) {
        StringWriter written = new StringWriter();
        Screen screen = new Screen(new PrintWriter(written), false, () -> 0);
        Comparison.print(screen, intended, seen, OptionalDouble.of(16.8));
        return written.toString().lines().filter(line -> !line.isEmpty()).toList();
    }
}
