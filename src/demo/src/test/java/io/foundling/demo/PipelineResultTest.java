package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PipelineResultTest {

    @Test
    void shouldFindNoDifferenceWhenFiguresAndOrphansAreEqual() {
        // Given
        PipelineResult expected = account(Map.of(PipelineResult.WARNINGS, 1L), Map.of("record/a/b/1", Status.PENDING));
        PipelineResult seen = account(
                Map.of(PipelineResult.WARNINGS, 1L, PipelineResult.DUPLICATES, 0L),
                Map.of("record/a/b/1", Status.PENDING));

        // When / Then
        assertThat(PipelineResult.differences(expected, seen)).isEmpty();
    }

    @Test
    void shouldNameFigureAndBothValuesWhenTheyDiffer() {
        // Given
        PipelineResult expected = account(Map.of(PipelineResult.RECOVERED, 2L), Map.of());
        PipelineResult seen = account(Map.of("violation TOO_LATE", 1L), Map.of());

        // When / Then
        assertThat(PipelineResult.differences(expected, seen))
                .containsExactly("recovered: expected 2, seen 0", "violation TOO_LATE: expected 0, seen 1");
    }

    @Test
    void shouldNameTheSubjectWhenAnOrphanIsMissingFalseOrInAnotherStatus() {
        // Given
        PipelineResult expected = account(Map.of(), Map.of("missing", Status.PENDING, "other", Status.PENDING));
        PipelineResult seen = account(Map.of(), Map.of("false", Status.DEFERRED, "other", Status.DEFERRED));

        // When / Then
        assertThat(PipelineResult.differences(expected, seen))
                .containsExactly(
                        "false: expected no orphan, seen an orphan in DEFERRED",
                        "missing: expected an orphan in PENDING, seen no orphan",
                        "other: expected an orphan in PENDING, seen an orphan in DEFERRED");
    }

    @Test
    void shouldNameTheAlertWhenItIsMissingFalseOrNamesOthers() {
        // Given
        PipelineResult expected = alerts(Map.of("missing", "a", "other", "b"));
        PipelineResult seen = alerts(Map.of("false", "c", "other", "d"));

        // When / Then
        assertThat(PipelineResult.differences(expected, seen))
                .containsExactly(
                        "false: expected no alert, seen an alert about c",
                        "missing: expected an alert about a, seen no alert",
                        "other: expected an alert about b, seen an alert about d");
    }

    private static PipelineResult alerts(Map<String, String> alerts) {
        TreeMap<String, SortedSet<String>> keys = new TreeMap<>();
        alerts.forEach((alert, key) -> keys.put(alert, new TreeSet<>(List.of(key))));
        return new PipelineResult(new TreeMap<>(), new TreeMap<>(), keys);
    }

    private static PipelineResult account(Map<String, Long> figures, Map<String, Status> orphans) {
        return new PipelineResult(new TreeMap<>(figures), new TreeMap<>(orphans), new TreeMap<>());
    }
}
