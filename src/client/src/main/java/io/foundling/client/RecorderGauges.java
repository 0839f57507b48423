package io.foundling.client;

/** What a recorder holds right now. Cheap, and safe from any thread. */
public interface RecorderGauges {

    /** Events that wait in memory. */
    long queuedEvents();

    /** Their estimated size in bytes. */
    long queuedBytes();

    /** Bytes on disk that wait for the broker, of this process and earlier ones; 0 without a spool. */
    long spooledBytes();
}
