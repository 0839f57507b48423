package io.foundling.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends this JVM when the process that started it has ended, even by a kill.
 *
 * <p>The parent holds the other end of standard input and never writes to it. The system closes that end when the
 * parent dies, even after a kill that runs no shutdown hook.
 */
final class ParentWatch {

    private static final long PATIENCE_MS = 5_000;

    private ParentWatch() {}

    static void exitAtEndOf(InputStream input) {
        daemon("parent-watch", () -> {
            drain(input);
            daemon("parent-watch-halt", ParentWatch::haltSoon);
            System.exit(0);
        });
    }

    private static void drain(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe means the same as its end.
        }
    }

    /** Ends the JVM by force if its shutdown hooks hang. */
    private static void haltSoon() {
        try {
            Thread.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
