package io.foundling.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process that does not outlive this one. It is stopped by {@link #close()}, otherwise by a shutdown hook, and
 * if this JVM is killed, by its own {@link ParentWatch} on the pipe at its standard input.
 */
public final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final Thread hook;

    private ChildJvm(Process process) {
        this.process = process;
        this.hook = new Thread(this::end, "local-child-stop");
    }

    /**
     * Starts the program with the {@code java} of this JVM, in the directory; its output is appended to the log.
     *
     * @throws LocalStartException if there is no such process to start
     */
    public static ChildJvm start(Path directory, Path log, ChildProgram program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.commandLine());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        try {
            ChildJvm child = new ChildJvm(builder.start());
            ShutdownHooks.add(child.hook);
            return child;
        } catch (IOException e) {
            throw new LocalStartException("The process cannot be started: " + e.getMessage(), e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Waits for the end of the process and returns its exit code.
     *
     * @throws LocalStartException if it has not ended within the time
     */
    public int awaitExit(Duration patience) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LocalStartException("The process " + pid() + " has not ended within " + patience + ".");
    }

    @Override
    public void close() {
        ShutdownHooks.remove(hook);
        end();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
