package io.foundling.client.internal.event;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs work on a thread that ends afterwards, while the caller waits. Libraries such as Avro keep values for a thread.
 * A thread of an application server would keep them, and with them the classes of the service, when the service is long
 * gone.
 */
public final class ShortThread {

    private static final String NAME = "audit-recorder-start";

    private ShortThread() {}

    static void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** Runs the work, in spite of interrupts. Returns what it returns and throws what it throws. */
    public static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, NAME, 0, false);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException failure) {
                throw thrown(failure.getCause());
            } finally {
                if (interrupted && task.isDone()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Returns the failure for the caller, whose own stack is added to it. */
    private static RuntimeException thrown(Throwable failure) {
        failure.setStackTrace(Stream.of(failure.getStackTrace(), new Throwable().getStackTrace())
                .flatMap(Stream::of)
                .toArray(StackTraceElement[]::new));
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
