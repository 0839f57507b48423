package io.foundling.topology.store;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * An entry of a store cannot be decoded, and its task is to be restored from the changelog (rule S1). It must end the
 * stream thread, which aborts the transaction. It is an exception of Kafka Streams, since the topology would take any
 * other for a fault of one subject, and would make a dead letter of what met the entry.
 */
public final class DamagedEntryException extends StreamsException {

    private static final long serialVersionUID = 1;

    DamagedEntryException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
