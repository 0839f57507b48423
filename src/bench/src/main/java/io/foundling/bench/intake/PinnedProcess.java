package io.foundling.bench.intake;

import io.foundling.local.ChildJvm;
import io.foundling.local.ChildProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child process whose threads all run on core 0, and its log. */
final class PinnedProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MS = 50;

    private final ChildJvm process;
    private final Path log;

    private PinnedProcess(ChildJvm process, Path log) {
        this.process = process;
        this.log = log;
    }

    static PinnedProcess start(Path directory, String name, ChildProgram program)
            throws IOException, InterruptedException {
        Path log = directory.resolve(name + ".log");
        ChildJvm process = ChildJvm.start(directory, log, program);
        int exitCode = new ProcessBuilder("taskset", "-a", "-cp", "0", Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exitCode != 0) {
            process.close();
            throw new IllegalStateException("taskset cannot move a process to core 0");
        }
        return new PinnedProcess(process, log);
    }

    /** Waits until the log has a text, and returns its first group. */
    String await(Pattern text) throws InterruptedException {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < endNs) {
            Matcher found = text.matcher(log());
            if (found.find()) {
                return found.group(1);
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("The process has ended: " + log());
            }
            Thread.sleep(PAUSE_MS);
        }
        throw new IllegalStateException("The log has no " + text + ": " + log());
    }

    /** Returns the processor time since its start. */
    Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
