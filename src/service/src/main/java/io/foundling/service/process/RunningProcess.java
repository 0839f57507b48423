package io.foundling.service.process;

/** A process that answers probes from its creation, and does its work until it is closed from any thread. */
public interface RunningProcess extends AutoCloseable {

    /** Returns the port on which probes and metrics are served. */
    int httpPort();

    /** Works until it is closed, or fails for good. */
    void run() throws InterruptedException;

    @Override
    void close();
}
