package io.foundling.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of the runbook, one a line, as they are written there. */
final class Runbook {

    private static final Path FILE = Path.of("README.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *```sh( run)?\\n((?s:.*?))^ *```");

    private Runbook() {}

    static String text() throws IOException {
        return Files.readString(FILE);
    }

    static Stream<String> commands() throws IOException {
        return blocks().flatMap(Runbook::lines);
    }

    /** Returns those that call a program. */
    static Stream<String> commands(String program) throws IOException {
        return commands().filter(line -> line.startsWith(program + ' '));
    }

    /** Returns those that need nothing but the program they call. */
    static Stream<String> commandsToRun() throws IOException {
        return blocks().filter(block -> block.group(1) != null).flatMap(Runbook::lines);
    }

    private static Stream<MatchResult> blocks() throws IOException {
        return BLOCK.matcher(text()).results();
    }

    private static Stream<String> lines(MatchResult block) {
        return block.group(2).lines().map(String::strip);
    }
}
