package io.foundling.client;

/** How many events a recorder holds at the moment. Reading is cheap and allowed on any thread. */
public interface RecorderGauges {

    /** Returns how many events wait in memory. */
    long queuedEvents();

    /** Returns the estimated size of the events that wait in memory, in bytes. */
    long queuedBytes();

    /**
     * Returns how many bytes in the spool wait for the broker, from this process and earlier ones; 0 without a spool.
     */
    long spooledBytes();
}
