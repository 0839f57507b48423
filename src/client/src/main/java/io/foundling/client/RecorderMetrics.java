package io.foundling.client;

/**
 * Counts the events of a recorder, for a metrics library of the service. Calls come from any thread, some of them from
 * the thread that records, so an implementation must be quick and must not block. An exception is logged once and then
 * ignored.
 */
public interface RecorderMetrics {

    /** Counts nothing. */
    RecorderMetrics NONE = new RecorderMetrics() {};

    /** The recorder has started; the gauges can be read from now on. */
    default void started(RecorderGauges gauges) {}

    /** The recorder has been closed; its gauges must not be read any more. */
    default void stopped() {}

    /** An event was accepted. */
    default void recorded() {}

    /** The broker has acknowledged an event. */
    default void written() {}

    /** Events were lost. */
    default void lost(LossReason reason, long events) {}

    /** Broker, registry or disk did not accept an event; the recorder keeps it and tries again. */
    default void retried() {}
}
