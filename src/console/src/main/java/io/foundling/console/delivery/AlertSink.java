package io.foundling.console.delivery;

import java.util.Map;
import java.util.Optional;

/**
 * What serves one receiver while this process owns it. The reader of the topics first hands over progress and all
 * alerts there are, writes what {@link #prepare} returns, calls {@link #begin}, then goes on with changes. Nothing is sent
 * before that. One thread.
 */
public interface AlertSink extends AutoCloseable {

    /** Restores what the receiver has got of an alert. */
    void restore(Progress progress);

    /** Takes in a change; one that the receiver has got is ignored. */
    void changed(Notification change);

    /** Takes in that an alert is gone. */
    void removed(String key);

    /** Takes in that an alert is there whose state cannot be read: what the receiver has got of it holds. */
    void unreadable(String key);

    /**
     * Prepares to send: all that there was has been handed over.
     *
     * @param first whether the receiver has never been served before
     * @return progress that must be durable before anything is sent, by alert key; empty for an alert that is gone
     */
    Map<String, Optional<Progress>> prepare(boolean first);

    /** Begins to send. */
    void begin();

    /** Some changes were handed over together after the beginning: what follows from all of them is written in one step. */
    void handedOver();

    /** Why it cannot go on; null while it can. */
    RuntimeException failure();

    /** Stops sending, within seconds. */
    @Override
    void close();
}
