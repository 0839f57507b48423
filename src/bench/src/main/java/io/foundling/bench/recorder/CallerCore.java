package io.foundling.bench.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The thread that makes the measured calls, on a processor core of its own if the script that starts this JVM keeps all
 * other threads off that core with {@code taskset}; then no other thread interrupts a call. Linux only. Threads and
 * processes inherit the cores of the thread that starts them, so this thread starts none.
 */
final class CallerCore {

    private static final String PROPERTY = "foundling.bench.caller.core";
    private static final String NAME = "bench-calls";

    private CallerCore() {}

    /** Does the work on a new thread and returns its result. */
    static <T> T call(Supplier<T> work) {
        String core = System.getProperty(PROPERTY);
        CompletableFuture<Void> moved = new CompletableFuture<>();
        CompletableFuture<T> result = CompletableFuture.supplyAsync(
                () -> {
                    moved.join();
                    return work.get();
                },
                task -> new Thread(null, task, NAME).start());
        try {
            if (core != null) {
                move(core);
            }
            moved.complete(null);
        } catch (RuntimeException impossible) {
            moved.completeExceptionally(impossible);
        }
        return result.join();
    }

    private static void move(String core) {
        try {
            Process taskset = new ProcessBuilder("taskset", "-cp", core, nativeId())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (taskset.waitFor() != 0) {
                throw new IllegalStateException("taskset cannot give the caller core " + core + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a core of its own for the caller needs Linux and taskset", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Java has no such id, but the system knows the names of threads. The new thread may not have its name yet. */
    private static String nativeId() throws IOException {
        while (true) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path task : tasks) {
                    if (name(task).equals(NAME)) {
                        return task.getFileName().toString();
                    }
                }
            }
            Thread.onSpinWait();
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }
}
