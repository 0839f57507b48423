package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code foundling demo} in a process of its own, with a temporary directory of its own. */
final class DemoProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Path output;
    private final Process process;
    private final Set<ProcessHandle> descendants = ConcurrentHashMap.newKeySet();

    DemoProcess(Path temporary, Path output, String... arguments) throws IOException {
        this.output = output;
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                "io.foundling.demo.FoundlingDemo",
                "demo"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FOUNDLING_"));
        process = builder.start();
    }

    /** Returns what was printed so far, and notes which processes there are. */
    String printed() {
        process.descendants().forEach(descendants::add);
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(printed())
                .isTrue();
        return process.exitValue();
    }

    /** As Ctrl-C does, and a container's stop. */
    void interrupt() {
        process.destroy();
    }

    Stream<ProcessHandle> descendants() {
        return descendants.stream();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
