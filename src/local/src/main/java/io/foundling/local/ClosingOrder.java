package io.foundling.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was added, the last first, once: on {@link #close()}, or when the JVM ends before. */
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

    /** Takes part in closing from now on; what comes too late is closed at once. */
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

    /** Holds the lock to the end, so that whoever closes second returns when everything is closed. */
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

    /** One that fails must not keep the others open. */
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} was not closed cleanly: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
