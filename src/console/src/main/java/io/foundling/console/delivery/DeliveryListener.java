package io.foundling.console.delivery;

import java.util.function.LongSupplier;

/** Counts what becomes of notifications. An endpoint is one address of a receiver. Called from any thread. */
public interface DeliveryListener {

    /** Announces an endpoint, so that its counters exist from the start. */
    void known(String receiver, String endpoint);

    void delivered(String receiver, String endpoint, int alerts);

    /** An attempt failed, and is repeated. */
    void failed(String receiver, String endpoint);

    /** The receiver refused for good. */
    void refused(String receiver, String endpoint, int alerts);

    /** A record could not be read on behalf of the receiver, and is passed over. */
    void unreadable(String receiver);

    /** Whether this process serves the receiver. */
    void active(String receiver, boolean isActive);

    /**
     * Replaces what measures an endpoint.
     *
     * @param ageMs how long the oldest notification has been due that was not delivered; 0 if there is none
     */
    void watch(String receiver, String endpoint, LongSupplier ageMs);
}
