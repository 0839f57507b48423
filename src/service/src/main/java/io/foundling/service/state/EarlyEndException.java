package io.foundling.service.state;

import org.apache.kafka.streams.errors.ProcessorStateException;

/** A scan that ended although its end was not reached: RocksDB could not read on. */
final class EarlyEndException extends ProcessorStateException {

    private static final long serialVersionUID = 1;

    EarlyEndException(String message) {
        super(message);
    }
}
