package io.foundling.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the added resources once, the last one first: on {@link #close()}, or earlier when the JVM ends. Any thread.
 */
final class ClosingOrder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingOrder.class);

    private final Deque<AutoCloseable> added = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "local-stack-stop");
    private boolean closed;

    static ClosingOrder withShutdownHook() {
        ClosingOrder order = new ClosingOrder();
        ShutdownHooks.add(order.hook);
        return order;
    }

    /** Adds a resource; after the close it is closed at once. */
    <T extends AutoCloseable> T add(T part) {
        synchronized (added) {
            if (!closed) {
                added.push(part);
                return part;
            }
        }
        close(part);
        return part;
    }

    @Override
    public void close() {
        ShutdownHooks.remove(hook);
        closeAll();
    }

    /** Holds the lock until the end, so that a second caller returns when everything is closed. */
    private synchronized void closeAll() {
        for (AutoCloseable part = next(); part != null; part = next()) {
            close(part);
        }
    }

    private AutoCloseable next() {
        synchronized (added) {
            closed = true;
            return added.poll();
        }
    }

    /** A resource that fails to close must not keep the others open. */
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} was not closed cleanly: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
