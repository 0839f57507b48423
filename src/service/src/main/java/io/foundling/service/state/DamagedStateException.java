package io.foundling.service.state;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * Damage in an open store that a restore repairs. It must end the stream thread: only that aborts the transaction with
 * everything that the task has written since the last commit. {@code TaskCorruptedException} would commit those writes
 * with the other tasks of the thread (read in 4.4.0), and the same events would be applied twice.
 */
public final class DamagedStateException extends StreamsException {

    private static final long serialVersionUID = 1;

    DamagedStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
