package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the calls of {@code curl} that pages of the documentation print: by a shell, as they are, except for the
 * address.
 *
 * @param directory where they run, with the files that they name
 */
public record DocumentedCurl(URI address, Path directory) {

    /** Why a test that needs it was left out. */
    public static final String MISSING = "the commands of the documents were not run: there is no curl";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PRINTED_ADDRESS = "http://127.0.0.1:8090/";

    public static boolean isThere() {
        return shell("curl --version || true", Path.of(".")).startsWith("curl ");
    }

    /** Returns the calls of a page. */
    public static List<String> of(Page page) {
        return page.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(Page.Block::commands)
                .filter(line -> line.startsWith("curl "))
                .toList();
    }

    /** Runs a call and returns what it printed, with what curl says of its progress. */
    public String run(String command) {
        assertThat(command).contains(PRINTED_ADDRESS);
        return shell(command.replace(PRINTED_ADDRESS, address + "/"), directory);
    }

    private static String shell(String command, Path directory) {
        try {
            Path printed = Files.createTempFile("foundling-curl-", ".out");
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            builder.environment().put("NO_PROXY", "127.0.0.1");
            Process process = builder.start();
            try {
                assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .as("%s ends within %s", command, PATIENCE)
                        .isTrue();
                String text = Files.readString(printed);
                assertThat(process.exitValue()).as(command + "\n" + text).isZero();
                return text;
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a command was awaited", e);
        }
    }
}
