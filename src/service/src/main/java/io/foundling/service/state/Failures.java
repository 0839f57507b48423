package io.foundling.service.state;

import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Reads from a failure what happened to local state. RocksDB tells most of it in words only: those of the system. */
final class Failures {

    private static final String FILE_IS_MISSING = "No such file or directory";

    private Failures() {}

    /** Whether content of a store is damaged or missing, while the disk itself answers. */
    static boolean isDamage(Throwable failure) {
        if (find(failure, EarlyEndException.class).isPresent()) {
            return true;
        }
        return find(failure, RocksDBException.class)
                .filter(found -> code(found) == Status.Code.Corruption
                        || code(found) == Status.Code.IOError && text(found).contains(FILE_IS_MISSING))
                .isPresent();
    }

    /** Whether a failure is one of local state at all. */
    static boolean isOfState(Throwable failure) {
        return find(failure, RocksDBException.class).isPresent()
                || find(failure, ProcessorStateException.class).isPresent()
                || find(failure, LockException.class).isPresent();
    }

    /** Whether a message of the system stands anywhere in a failure. */
    static boolean says(Throwable failure, String words) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (text(each).contains(words)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what RocksDB, the system or, in the end, Kafka Streams said. */
    static String reason(Throwable failure) {
        return find(failure, RocksDBException.class)
                .<Throwable>map(found -> found)
                .or(() -> find(failure, IOException.class))
                .or(() -> find(failure, EarlyEndException.class))
                .map(found -> found.getClass().getSimpleName() + ": " + text(found))
                .orElseGet(() -> text(failure));
    }

    /** Returns the task that Kafka Streams blames. */
    static Optional<TaskId> task(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StreamsException blamed && blamed.taskId().isPresent()) {
                return blamed.taskId();
            }
        }
        return Optional.empty();
    }

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
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
