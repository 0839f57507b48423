package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated part of the root README, between two markers; {@code -Dgolden.update=true} writes it anew. */
public final class GoldenSection {

    private static final Path README = Path.of("../../README.md");

    private final String begin;
    private final String end;

    public GoldenSection(String name) {
        this.begin = "<!-- " + name + ":begin -->";
        this.end = "<!-- " + name + ":end -->";
    }

    /** Fails if the README says something else than what was generated; skipped if it has no such part. */
    public void shouldHold(String generated) {
        String readme = text();
        assumeThat(readme).contains(begin, end);
        String expected = "\n" + generated.strip() + "\n";
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf(end);
        if (Boolean.getBoolean("golden.update")) {
            write(readme.substring(0, from) + expected + readme.substring(to));
            return;
        }
        assertThat(readme.substring(from, to))
                .as("README.md between %s and %s; run the tests with -Dgolden.update=true", begin, end)
                .isEqualTo(expected);
    }

    private static String text() {
        try {
            return Files.exists(README) ? Files.readString(README) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String text) {
        try {
            Files.writeString(README, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
