package io.foundling.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the test class path in a process of its own. */
final class OtherJvm implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader output;

    OtherJvm(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(Arrays.asList(args));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns the value after {@code name=} in the next line that it prints. */
    String printed(String name) throws IOException {
        String line = output.readLine();
        if (line == null || !line.startsWith(name + "=")) {
            throw new AssertionError("printed: " + line);
        }
        return line.substring(name.length() + 1);
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    void interrupt() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    boolean ends() throws InterruptedException {
        return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        kill();
    }
}
