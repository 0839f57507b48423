package io.foundling.client;

/**
 * Where a recorder counts. Calls come from any thread, some from the one that records: they must be quick and must not
 * block. What an implementation throws is logged once and otherwise ignored.
 */
public interface RecorderMetrics {

    /** Counts nothing. */
    RecorderMetrics NONE = new RecorderMetrics() {};

    /** The recorder starts, and can be asked what it holds from now on. */
    default void started(RecorderGauges gauges) {}

    /** The recorder has been closed, and is not to be asked any more. */
    default void stopped() {}

    /** An event was accepted. */
    default void recorded() {}

    /** The broker has acknowledged an event. */
    default void written() {}

    /** Events were lost. */
    default void lost(LossReason reason, long events) {}

    /** The broker, the registry or the disk did not take an event; the recorder keeps it and tries again. */
    default void retried() {}
}
