package io.foundling.service.state;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * Damage that was found in a store in use and that a restore mends. It must end the stream thread: only that aborts the
 * transaction with what the task has written since the last commit. {@code TaskCorruptedException} would commit it with the
 * other tasks of the thread (read in 4.4.0), and the same events would be applied to it once more.
 */
public final class DamagedStateException extends StreamsException {

    private static final long serialVersionUID = 1;

    DamagedStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
