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

/**
 * The directory with the stores of an instance. It is checked before the start, and failures of state are explained
 * with the setting or the action that mends them.
 */
public final class StateDirectory {

    private static final int PROBE_BYTES = 1 << 20;

    /** The size on disk of one memtable of each store of a task. With less free space RocksDB may wait silently. */
    public static final long NEEDED_BYTES = 32L << 20;

    private final Path path;
    private final long neededBytes;

    public StateDirectory(Path path) {
        this(path, NEEDED_BYTES);
    }

    /** @param neededBytes space that has to be free */
    StateDirectory(Path path, long neededBytes) {
        this.path = path.toAbsolutePath().normalize();
        this.neededBytes = neededBytes;
    }

    /**
     * Creates the directory, writes as much to it as an empty store needs, and checks whether there is space for more.
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

    /** Whether there is space for a store to write; also true if the file system does not say. */
    boolean hasSpace() {
        try {
            FileStore disk = Files.getFileStore(path);
            return disk.getTotalSpace() == 0 || disk.getUsableSpace() >= neededBytes;
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Returns what is remembered of the changelogs of the stores. */
    public RememberedChangelogs changelogs(String application) {
        return new RememberedChangelogs(path, application);
    }

    /** Returns the failure that there is no space. */
    UnusableStateException full() {
        return new UnusableStateException(noSpace(), null);
    }

    /** Returns a failure of local state with an explanation. */
    public UnusableStateException explain(Throwable failure) {
        return new UnusableStateException(sentence(failure), failure);
    }

    /** Returns why a task is not restored once more. */
    UnusableStateException damagedAgain(TaskId task, Throwable failure) {
        return new UnusableStateException(
                "the state of task " + task + " in " + path + " was damaged again after it had been restored ("
                        + StateFailures.reason(failure)
                        + "); the disk does not keep its data: check it, or set stateDirectory to another one",
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
                        + ": the state cannot be restored from it. Stop all instances, wait until their sessions have timed out,"
                        + " run 'foundling rebuild', which makes it anew from what is published, and start. To read everything"
                        + " again instead, run kafka-streams-application-reset.sh for this application, its source topics and its"
                        + " topic of closures, and delete " + path
                        + " and the state directories of the other instances",
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
                    + " is in use by another process; end that one, or set stateDirectory and instance to other values for"
                    + " this one";
        }
        return "the state in " + path + " cannot be used (" + StateFailures.reason(failure)
                + "); check the disk, or set stateDirectory to another one";
    }

    private String noSpace() {
        return "no space is left in " + path + " (" + space() + "); make space there, or set stateDirectory to a larger"
                + " disk: uncommitted events are read again at the next start";
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
