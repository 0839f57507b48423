package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * Reserves the directory of a spool for one recorder. The system releases the lock when the process ends, even by a
 * crash.
 *
 * <p>A POSIX lock belongs to the process, and closing any handle of the file releases it. A second attempt in the same
 * process must therefore not open the file: closing it again would let other processes in. That attempt may come from
 * another class loader, with its own copy of this class, so the locked directories are noted where all of them look:
 * in the system properties.
 */
final class SpoolLock implements AutoCloseable {

    private static final String HELD_BY_THIS_PROCESS = "io.foundling.client.spool.";

    private final String property;
    private final FileChannel file;

    private SpoolLock(String property, FileChannel file) {
        this.property = property;
        this.file = file;
    }

    /**
     * Takes the lock; empty if another recorder has it.
     *
     * @throws NoSuchFileException if somebody removes the directory at the same time
     */
    static Optional<SpoolLock> take(SpoolDirectory directory) throws IOException {
        String property = HELD_BY_THIS_PROCESS + directory.path().toRealPath();
        if (System.getProperties().putIfAbsent(property, "locked") != null) {
            return Optional.empty();
        }
        Optional<FileChannel> file = Optional.empty();
        try {
            file = locked(directory);
            return file.map(open -> new SpoolLock(property, open));
        } finally {
            if (file.isEmpty()) {
                System.getProperties().remove(property);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            System.getProperties().remove(property);
        }
    }

    /**
     * A process that removes a directory holds its lock, and deletes the file of the lock too. That can happen between
     * opening and locking the file here, so the name must still belong to the same file afterwards. The system gives
     * the number of an open file to no other file.
     */
    private static Optional<FileChannel> locked(SpoolDirectory directory) throws IOException {
        open(directory, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        Object key = key(directory);
        FileChannel file = open(directory, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            if (file.tryLock() == null) {
                return Optional.empty();
            }
            if (!Objects.equals(key(directory), key)) {
                throw new NoSuchFileException(directory.lock().toString());
            }
            held = true;
            return Optional.of(file);
        } catch (OverlappingFileLockException elsewhereInThisProcess) {
            return Optional.empty();
        } finally {
            if (!held) {
                file.close();
            }
        }
    }

    /** Returns what identifies the file, without opening it, which would end the lock; null on Windows. */
    private static Object key(SpoolDirectory directory) throws IOException {
        return Files.readAttributes(directory.lock(), BasicFileAttributes.class).fileKey();
    }

    private static FileChannel open(SpoolDirectory directory, OpenOption... options) throws IOException {
        try {
            return OwnerOnly.open(directory.lock(), options);
        } catch (NoSuchFileException removed) {
            throw removed;
        } catch (IOException failure) {
            throw new IOException("spool directory " + directory.path() + " cannot be written: " + failure, failure);
        }
    }
}
