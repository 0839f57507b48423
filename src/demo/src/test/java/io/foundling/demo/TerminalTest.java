package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void shouldTakeEscapesWhenATerminalUnderstandsThem() {
        assertThat(Terminal.takesEscapes(true, Map.of("TERM", "xterm-256color")))
                .isTrue();
        assertThat(Terminal.takesEscapes(true, Map.of("TERM", "linux", "NO_COLOR", "")))
                .isTrue();
    }

    @Test
    void shouldTakeNoneWhenTheOutputIsRedirected() {
        assertThat(Terminal.takesEscapes(false, Map.of("TERM", "xterm-256color")))
                .isFalse();
    }

    @Test
    void shouldTakeNoneWhenTheTerminalUnderstandsNone() {
        assertThat(Terminal.takesEscapes(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.takesEscapes(true, Map.of())).isFalse();
    }

    @Test
    void shouldTakeNoneWhenTheUserWantsNoColours() {
        assertThat(Terminal.takesEscapes(true, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
    }
}
