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
        screen.event("ORPHAN", "record/a/b/1");
        screen.status("awaiting: nothing");

        // Then
        assertThat(written.toString().lines())
                .containsExactly("  12.3 s  ORPHAN       record/a/b/1", "  12.3 s  status       awaiting: nothing");
    }

    @Test
    void shouldPutALineInThePlaceOfTheStatusWhenThereIsATerminal() {
        // Given
        Screen screen = screen(true);
        screen.status("awaiting: nothing");

        // When
        screen.event("ORPHAN", "record/a/b/1");

        // Then
        assertThat(written.toString()).endsWith("\r\033[K  12.3 s  ORPHAN       record/a/b/1" + System.lineSeparator());
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminalWhenASubjectHoldsThem() {
        // When
        screen(true).event("ORPHAN", "record\033[2J\n1");

        // Then
        assertThat(written.toString()).isEqualTo("  12.3 s  ORPHAN       record [2J 1" + System.lineSeparator());
    }

    @Test
    void shouldPrintNothingMoreWhenItIsClosed() {
        // Given
        Screen screen = screen(false);
        screen.close();
        int before = written.getBuffer().length();

        // When
        screen.event("ORPHAN", "record/a/b/1");
        screen.status("awaiting: nothing");
        screen.close();

        // Then
        assertThat(written.getBuffer()).hasSize(before);
    }

    private Screen screen(boolean terminal) {
        return new Screen(new PrintWriter(written), terminal, () -> 12_345);
    }
}
