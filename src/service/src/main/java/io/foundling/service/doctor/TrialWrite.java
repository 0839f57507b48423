package io.foundling.service.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A small file that is written into a directory and deleted again, to see whether that is possible. */
final class TrialWrite {

    private static final int SIZE_IN_BYTES = 4096;

    private TrialWrite() {}

    /** Returns the directory, or the nearest existing one above it: a process of the service creates the rest. */
    static Path existing(Path directory) {
        Path found = directory;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    /**
     * Returns how long it took to force the file to the disk.
     *
     * @throws IOException if the directory cannot be written
     */
    static Duration in(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".foundling-doctor", "");
        try (FileChannel file = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            file.write(ByteBuffer.allocate(SIZE_IN_BYTES));
            file.force(true);
            return Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            Files.delete(probe);
        }
    }

    /** The message of most file system exceptions is just the path. */
    static String reason(IOException failure) {
        String kind = failure.getClass().getSimpleName().replace("Exception", "");
        return failure instanceof FileSystemException known && known.getReason() != null ? known.getReason() : kind;
    }
}
