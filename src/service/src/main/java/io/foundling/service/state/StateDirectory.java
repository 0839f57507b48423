package io.foundling.service.state;

import io.foundling.schemas.failure.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.streams.processor.TaskId;

/** The directory that holds the stores of an instance: whether it can be used, and in words why not. */
public final class StateDirectory {

    private static final int PROBE_BYTES = 1 << 20;

    /** As much as a memtable of each store of one task takes on disk; RocksDB may wait without a word where that does not fit. */
    public static final long NEEDED_BYTES = 32L << 20;

    private final Path path;
    private final long neededBytes;

    public StateDirectory(Path path) {
        this(path, NEEDED_BYTES);
    }

    /** @param neededBytes what has to be free */
    StateDirectory(Path path, long neededBytes) {
        this.path = path.toAbsolutePath().normalize();
        this.neededBytes = neededBytes;
    }

    /**
     * Makes the directory, writes to it as much as an empty store needs, and looks whether there is space for more.
     *
     * @throws UnusableStateException if that fails
     */
    public void requireUsable() {
        Path probe = path.resolve(".probe");
        try {
            Files.createDirectories(path);
            try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException failure) {
            throw explain(failure);
        }
        if (!hasSpace()) {
            throw full();
        }
    }

    /** Whether a store could write; true too if nobody can tell. */
    boolean hasSpace() {
        try {
            FileStore disk = Files.getFileStore(path);
            return disk.getTotalSpace() == 0 || disk.getUsableSpace() >= neededBytes;
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Returns that there is no space. */
    UnusableStateException full() {
        return new UnusableStateException(noSpace(), null);
    }

    /** Returns a failure of local state in words. */
    public UnusableStateException explain(Throwable failure) {
        return new UnusableStateException(sentence(failure), failure);
    }

    /** Returns why a task is not restored once more. */
    UnusableStateException damagedAgain(TaskId task, Throwable failure) {
        return new UnusableStateException(
                "the state of task " + task + " in " + path + " was damaged again after it had been restored ("
                        + StateFailures.reason(failure)
                        + "); the disk is not to be trusted: check it, or set stateDirectory to another one",
                failure);
    }

    /** Returns why an instance gave way to another process. */
    UnusableStateException identityTaken(Throwable failure) {
        return new UnusableStateException(
                "another process joined under the name of this instance, and this one gave way to it; give each process an"
                        + " instance and a stateDirectory of its own",
                failure);
    }

    /** Returns why state cannot be restored from the broker. */
    UnusableStateException notRestorable(String found) {
        return new UnusableStateException(
                found
                        + ": the state cannot be restored from it. Events can be read again as far back as the source topics keep"
                        + " them: stop all instances, run kafka-streams-application-reset.sh for this application and its"
                        + " source topics and audit.closures, delete " + path + " and those of the others, and start",
                null);
    }

    private String sentence(Throwable failure) {
        if (StateFailures.mentions(failure, "No space left on device")
                || StateFailures.mentions(failure, "Disk quota exceeded")) {
            return noSpace();
        }
        if (StateFailures.mentions(failure, "Read-only file system")
                || StateFailures.mentions(failure, "Permission denied")
                || Causes.find(failure, AccessDeniedException.class).isPresent()) {
            return path + " cannot be written to (" + StateFailures.reason(failure)
                    + "); mount it writable for this user, or set stateDirectory to a directory that is";
        }
        if (StateFailures.mentions(failure, "multiple instances")) {
            return path
                    + " is in use by another process; end that one, or set stateDirectory and instance to values of this"
                    + " one's own";
        }
        return "the state in " + path + " cannot be used (" + StateFailures.reason(failure)
                + "); check the disk, or set stateDirectory to another one";
    }

    private String noSpace() {
        return "no space is left in " + path + " (" + space() + "); make space there, or set stateDirectory to a larger"
                + " disk: what was not committed is read again at the next start";
    }

    private String space() {
        try {
            FileStore disk = Files.getFileStore(path);
            return "%,d of %,d KiB free".formatted(disk.getUsableSpace() / 1024, disk.getTotalSpace() / 1024);
        } catch (IOException gone) {
            return new UncheckedIOException(gone).getMessage();
        }
    }
}
