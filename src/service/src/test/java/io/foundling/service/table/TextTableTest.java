package io.foundling.service.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How rows become lines. */
class TextTableTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final List<Column> COLUMNS = List.of(
            Column.whole("STATUS", Cells.value("/status")),
            Column.right("FOR", Cells.age("/at")),
            Column.key("KEY", Cells.value("/key")),
            Column.context("PARENT", Cells.value("/parent")),
            Column.text("TEXT", Cells.value("/text")));
    private static final String LONG = "0123456789 0123456789 0123456789 0123456789";

    private static JsonNode row(String status, String key, String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("at", NOW.minusSeconds(3_700).toString())
                .put("key", key)
                .put("parent", "batch/university/run/1")
                .put("text", text);
    }

    private static List<String> lines(OptionalInt width, JsonNode... rows) {
        return new TextTable(COLUMNS, width, NOW).lines(List.of(rows));
    }

    @Test
    void shouldAlignColumnsAndCutNothingWithoutAWidth() {
        assertThat(lines(OptionalInt.empty(), row("OPEN", "record/a/b/1", LONG), row("DEFERRED", "record/a/b/100", "")))
                .containsExactly(
                        "STATUS          FOR  KEY             PARENT                  TEXT",
                        "OPEN      1 h 1 min  record/a/b/1    batch/university/run/1  " + LONG,
                        "DEFERRED  1 h 1 min  record/a/b/100  batch/university/run/1");
    }

    @Test
    void shouldCutTextsFirstThenParentsThenKeys() {
        // Given
        JsonNode row = row("OPEN", "record/university/declaration/4711", LONG);

        // Then
        assertThat(lines(OptionalInt.of(100), row).get(1))
                .isEqualTo(
                        "OPEN    1 h 1 min  record/university/declaration/4711  batch/university/run/1  0123456789 012345678…")
                .hasSizeLessThanOrEqualTo(100);
        assertThat(lines(OptionalInt.of(85), row).get(1))
                .isEqualTo("OPEN    1 h 1 min  record/university/declaration/4711  …niversity/run/1  0123456789 …");
        assertThat(lines(OptionalInt.of(75), row).get(1)).hasSize(75).contains("…university/declaration/4711");
        assertThat(lines(OptionalInt.of(10), row).get(1)).contains("OPEN", "1 h 1 min", "ation/4711");
    }

    @Test
    void shouldKeepTheColumnsOfTheFirstRowsForLaterOnes() {
        // Given
        TextTable table = new TextTable(COLUMNS, OptionalInt.empty(), NOW);
        List<String> first = table.lines(List.of(row("OPEN", "record/a/b/1", "x")));

        // When
        List<String> later = table.lines(List.of(row("OPEN", "record/a/b/2", "y")));

        // Then
        assertThat(first).hasSize(2);
        assertThat(later)
                .hasSize(1)
                .first()
                .isEqualTo(first.get(1).replace("b/1", "b/2").replace("x", "y"));
    }

    @Test
    void shouldShowNothingThatATerminalObeys() {
        assertThat(lines(OptionalInt.empty(), row("OPEN", "k", "a\u001b[31mb\nc\u202ed"))
                        .get(1))
                .endsWith("a [31mb c d");
    }

    @Test
    void shouldCountCharactersAndNotHalvesOfThem() {
        assertThat(lines(OptionalInt.of(60), row("OPEN", "k", "\ud83d\ude00".repeat(50)))
                        .get(1))
                .endsWith("\ud83d\ude00…")
                .matches(line -> line.codePointCount(0, line.length()) <= 60);
    }

    @Test
    void shouldReadTheWidthOfTheTerminal() {
        assertThat(Terminal.of(Map.of("COLUMNS", "80")).width()).hasValue(80);
        assertThat(Terminal.of(Map.of("COLUMNS", "0")).width()).isEmpty();
        assertThat(Terminal.of(Map.of("COLUMNS", "wide")).width()).isEmpty();
        assertThat(Terminal.of(Map.of()).width()).isEmpty();
    }
}
