package io.foundling.service.state;

import org.apache.kafka.streams.errors.ProcessorStateException;

/** A scan that stopped before its end, because RocksDB could not read further. */
final class EarlyEndException extends ProcessorStateException {

    private static final long serialVersionUID = 1;

    EarlyEndException(String message) {
        super(message);
    }
}
