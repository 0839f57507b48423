package io.foundling.service.state;

import io.foundling.schemas.failure.Causes;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Recognises failures of local state. RocksDB gives most reasons only as text, in the words of the operating system.
 */
final class StateFailures {

    private static final String FILE_IS_MISSING = "No such file or directory";

    private StateFailures() {}

    /** Whether content of a store is damaged or missing while the disk itself works. */
    static boolean isDamage(Throwable failure) {
        if (Causes.find(failure, EarlyEndException.class).isPresent()) {
            return true;
        }
        return Causes.find(failure, RocksDBException.class)
                .filter(found -> code(found) == Status.Code.Corruption
                        || code(found) == Status.Code.IOError && text(found).contains(FILE_IS_MISSING))
                .isPresent();
    }

    /** Whether a failure is one of local state at all. */
    static boolean isOfState(Throwable failure) {
        return Causes.find(failure, RocksDBException.class).isPresent()
                || Causes.find(failure, ProcessorStateException.class).isPresent()
                || Causes.find(failure, LockException.class).isPresent();
    }

    /** Whether the message of a failure, or of one of its causes, contains words of the operating system. */
    static boolean mentions(Throwable failure, String words) {
        return Causes.of(failure).stream().anyMatch(each -> text(each).contains(words));
    }

    /** Returns the message of RocksDB, else of the operating system, else of Kafka Streams. */
    static String reason(Throwable failure) {
        return Causes.find(failure, RocksDBException.class)
                .<Throwable>map(found -> found)
                .or(() -> Causes.find(failure, IOException.class))
                .or(() -> Causes.find(failure, EarlyEndException.class))
                .map(found -> found.getClass().getSimpleName() + ": " + text(found))
                .orElseGet(() -> text(failure));
    }

    /** Returns the task that Kafka Streams names. */
    static Optional<TaskId> task(Throwable failure) {
        for (Throwable each : Causes.of(failure)) {
            if (each instanceof StreamsException blamed && blamed.taskId().isPresent()) {
                return blamed.taskId();
            }
        }
        return Optional.empty();
    }

    private static Status.Code code(RocksDBException failure) {
        return failure.getStatus() == null
                ? Status.Code.Undefined
                : failure.getStatus().getCode();
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
