package io.foundling.service.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running process. They are closed once, in reverse order of their opening, each also if another fails, by an error, too.
 * Parts that are being opened meanwhile are waited for, and closed too. Any thread.
 */
public final class OpenParts {

    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private final String process;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param process as the log names it */
    public OpenParts(String process) {
        this.process = process;
    }

    /** Takes in a part that is open. */
    public synchronized <T extends AutoCloseable> T opened(T part) {
        parts.addFirst(part);
        return part;
    }

    /** Opens more parts, unless the process is being closed. */
    public synchronized void open(Runnable opening) {
        if (!closing.get()) {
            opening.run();
        }
    }

    public boolean areClosing() {
        return closing.get();
    }

    /** Waits until the process is closed, or ends by itself. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends the process by itself; its parts stay open. */
    public void end() {
        ended.countDown();
    }

    /**
     * Closes everything; does nothing the second time.
     *
     * @param first ends what the opening of a part may be waiting for
     */
    public void close(Runnable first) {
        if (closing.compareAndSet(false, true)) {
            try {
                close("what its parts wait for", first::run);
                closeAll();
            } finally {
                end();
            }
        }
    }

    private synchronized void closeAll() {
        parts.forEach(part -> close("a part", part));
    }

    /** An error, too, must not leave other parts open: their clients, locks and group memberships would stay. */
    private void close(String which, AutoCloseable part) {
        try {
            part.close();
        } catch (Throwable failure) {
            LOG.warn("{} of {} did not stop cleanly: {}", which, process, failure.toString());
        }
    }
}
