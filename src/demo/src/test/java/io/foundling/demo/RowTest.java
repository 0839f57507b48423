package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTest {

    private static final String ESCAPES = "\033\\[[\\d;]*m";

    @Test
    void shouldKeepALineOfExactlyTheWidth() {
        // When
        List<String> printed = new Row(1, LineKind.ALERT, "x".repeat(45) + " " + "y".repeat(49)).printed(false);

        // Then
        assertThat(printed).hasSize(1);
        assertThat(printed.get(0)).hasSize(Row.WIDTH);
    }

    @Test
    void shouldContinueBelowTheTextWhenALineIsLonger() {
        // When
        List<String> printed = new Row(1, LineKind.ALERT, "x".repeat(45) + " " + "y".repeat(50)).printed(false);

        // Then
        assertThat(printed)
                .containsExactly("   1.0 s  ● ALERT        " + "x".repeat(45), " ".repeat(25) + "y".repeat(50));
    }

    @Test
    void shouldNotBreakAWordThatIsLongerThanALine() {
        // Given
        String path = "/tmp/" + "x".repeat(150);

        // Then
        assertThat(new Row(1, LineKind.START, "files in " + path).printed(false))
                .containsExactly("   1.0 s    start        files in", " ".repeat(25) + path);
    }

    @ParameterizedTest
    @EnumSource(LineKind.class)
    void shouldSayTheSameWithColoursAndWithout(LineKind kind) {
        // Given
        Row row = new Row(1, kind, String.join(" ", Collections.nCopies(50, "word")));

        // When
        List<String> coloured = row.printed(true);
        List<String> plain = row.printed(false);

        // Then
        assertThat(plain)
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line).doesNotContain("\033").hasSizeLessThanOrEqualTo(Row.WIDTH));
        assertThat(coloured.get(0)).contains("\033[", "\033[0m");
        assertThat(coloured.stream().map(line -> line.replaceAll(ESCAPES, ""))).isEqualTo(plain);
    }

    @Test
    void shouldDistinguishAWarningFromWhatEndsItBySymbolAndByColour() {
        // Given
        List<LineKind> kinds = List.of(LineKind.WARNING, LineKind.RECOVERED, LineKind.WITHDRAWN);

        // Then
        assertThat(kinds).extracting(LineKind::symbol).doesNotHaveDuplicates();
        assertThat(kinds).extracting(LineKind::colour).doesNotHaveDuplicates();
        assertThat(new HashSet<>(Arrays.asList(LineKind.values())))
                .allSatisfy(kind -> assertThat(kind.symbol()).hasSize(1));
    }
}
