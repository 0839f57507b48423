package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final StringWriter written = new StringWriter();

    @Test
    void shouldPrintLinesWithoutEscapesWhenThereIsNoTerminal() {
        // Given
        Screen screen = screen(false);

        // When
        screen.event(LineKind.WARNING, "declaration 1", "emitted");
        screen.status("awaiting: nothing");

        // Then
        assertThat(written.toString().lines())
                .containsExactly(
                        "  12.3 s  ▲ WARNING      declaration 1     emitted",
                        "  12.3 s    status       awaiting: nothing");
    }

    @Test
    void shouldPutALineInThePlaceOfTheStatusWhenThereIsATerminal() {
        // Given
        Screen screen = screen(true);
        screen.status("awaiting: nothing");

        // When
        screen.text("a line");

        // Then
        assertThat(written.toString()).endsWith("\r\033[Ka line" + System.lineSeparator());
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminalWhenASubjectHoldsThem() {
        // When
        screen(false).event(LineKind.WARNING, "record\033[2J\n1", "emitted");

        // Then
        assertThat(written.toString())
                .isEqualTo("  12.3 s  ▲ WARNING      record [2J 1      emitted" + System.lineSeparator());
    }

    @Test
    void shouldPrintNothingMoreWhenItIsClosed() {
        // Given
        Screen screen = screen(false);
        screen.close();
        int before = written.getBuffer().length();

        // When
        screen.event(LineKind.WARNING, "declaration 1", "emitted");
        screen.status("awaiting: nothing");
        screen.close();

        // Then
        assertThat(written.getBuffer()).hasSize(before);
    }

    private Screen screen(boolean escapes) {
        return new Screen(new PrintWriter(written), escapes, () -> 12_345);
    }
}
