package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated part of a page, between two markers; {@code -Dgolden.update=true} writes it anew. */
public final class GoldenSection {

    private final Page page;
    private final String begin;
    private final String end;

    /** @param page relative to this module */
    public GoldenSection(String page, String name) {
        this.page = new Page(Path.of(page));
        this.begin = "<!-- " + name + ":begin -->";
        this.end = "<!-- " + name + ":end -->";
    }

    /** Returns what the page says. */
    public String text() {
        String text = page.text();
        assertThat(text).as("%s", page.file()).containsOnlyOnce(begin).containsOnlyOnce(end);
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }

    /** Fails if the page says something else than what was generated. */
    public void shouldHold(String generated) {
        String found = text();
        String expected = "\n" + generated.strip() + "\n";
        if (Boolean.getBoolean("golden.update")) {
            write(page.text().replace(begin + found + end, begin + expected + end));
            return;
        }
        assertThat(found)
                .as("%s between %s and %s; run the tests with -Dgolden.update=true", page.file(), begin, end)
                .isEqualTo(expected);
    }

    private void write(String text) {
        try {
            Files.writeString(page.file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
