package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reserves the directory of a spool for one recorder. The system releases the lock when the process ends, even by a
 * crash.
 *
 * <p>A POSIX lock belongs to the process, and closing any handle of the file releases it. A second attempt in the same
 * process must therefore not open the file: closing it again would let other processes in. Hence the static set of
 * locked directories.
 */
final class SpoolLock implements AutoCloseable {

    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel file;

    private SpoolLock(Path directory, FileChannel file) {
        this.directory = directory;
        this.file = file;
    }

    static SpoolLock take(SpoolDirectory directory) throws IOException {
        Path real = directory.path().toRealPath();
        if (!HELD_BY_THIS_PROCESS.add(real)) {
            throw taken(directory);
        }
        try {
            return new SpoolLock(real, locked(directory));
        } catch (IOException | RuntimeException failure) {
            HELD_BY_THIS_PROCESS.remove(real);
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HELD_BY_THIS_PROCESS.remove(directory);
        }
    }

    private static FileChannel locked(SpoolDirectory directory) throws IOException {
        FileChannel file = open(directory);
        try {
            if (file.tryLock() == null) {
                throw taken(directory);
            }
            return file;
        } catch (OverlappingFileLockException elsewhereInThisProcess) {
            file.close();
            throw taken(directory);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    private static FileChannel open(SpoolDirectory directory) throws IOException {
        try {
            return FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new IOException("spool directory " + directory.path() + " cannot be written: " + failure, failure);
        }
    }

    private static IOException taken(SpoolDirectory directory) {
        return new IOException("spool directory " + directory.path() + " is used by another recorder (lock held)");
    }
}
