package io.foundling.console.delivery;

import java.util.Map;
import java.util.Optional;

/** Keeps the progress of one receiver. What was written survives this process; nothing of a former owner does. */
public interface ProgressLog {

    /**
     * Writes progress; returns once it is durable.
     *
     * @param done by alert key; empty for an alert that is gone
     * @throws NoLongerOwnerException if another process has taken the receiver over
     */
    void write(Map<String, Optional<Progress>> done) throws InterruptedException;
}
