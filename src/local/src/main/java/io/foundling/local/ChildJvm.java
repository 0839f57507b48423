package io.foundling.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process that does not outlive this one. It is stopped by {@link #close()}, otherwise by a shutdown hook, and
 * if this JVM is killed, by its own {@link ParentWatch} on the pipe at its standard input.
 */
final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final Thread hook;

    private ChildJvm(Process process) {
        this.process = process;
        this.hook = new Thread(this::end, "local-child-stop");
    }

    /**
     * Starts the {@code java} of this JVM with the arguments in the directory; its output is appended to the log.
     */
    static ChildJvm start(Path directory, Path log, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            ChildJvm child = new ChildJvm(new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
            ShutdownHooks.add(child.hook);
            return child;
        } catch (IOException e) {
            throw new LocalStartException("The process cannot be started: " + e.getMessage(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
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
