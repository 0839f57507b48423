package io.foundling.service.it.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * One command of the program as a real process. What it prints is added to a log file. It is killed by {@link #close}, and
 * ends by itself if this JVM is gone.
 */
public final class FoundlingProcess implements AutoCloseable {

    private static final int LOG_END = 6_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For processes that end soon. */
    public static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** For processes whose speed is measured. */
    public static final List<String> LARGE = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private final Path log;
    private final Process process;

    private FoundlingProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param log file that all output is added to
     * @param settings under the keys of the configuration file, passed in the environment
     * @param arguments as on the command line
     */
    public static FoundlingProcess start(Path log, Map<String, String> settings, List<String> arguments) {
        return start(log, settings, arguments, SMALL);
    }

    /** The same with other options of the JVM. */
    public static FoundlingProcess start(
            Path log, Map<String, String> settings, List<String> arguments, List<String> options) {
        return start(log, settings, arguments, options, List.of());
    }

    /** The same behind a command that becomes it. */
    public static FoundlingProcess start(
            Path log, Map<String, String> settings, List<String> arguments, List<String> options, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // The log as in production: tests may have another configuration on the class path.
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GuardedMain.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("FOUNDLING_"));
        settings.forEach((key, value) -> builder.environment().put(variable(key), value));
        try {
            return new FoundlingProcess(log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the reference of the configuration says: {@code FOUNDLING_STATE_DIRECTORY} for {@code stateDirectory}. */
    private static String variable(String key) {
        String snake = key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
        return "FOUNDLING_" + snake.toUpperCase(Locale.ROOT);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Returns everything printed so far, by former processes with the same log too. */
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logEnd() {
        String log = log();
        return log.substring(Math.max(0, log.length() - LOG_END));
    }

    /** Returns the exit code once the process has ended. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "still running after " + patience + "; the end of what it printed:\n" + logEnd());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a process was awaited", e);
        }
        return process.exitValue();
    }

    /** {@code kill -9}; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(PATIENCE);
    }

    /** {@code kill -TERM}; returns the exit code. */
    public int terminate() {
        // Not destroy(): that also closes standard input, which the child takes for the end of this JVM.
        process.toHandle().destroy();
        return awaitExit(PATIENCE);
    }

    /** {@code kill -STOP}: the process stays, but does nothing until {@link #resume}. */
    public void suspend() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
