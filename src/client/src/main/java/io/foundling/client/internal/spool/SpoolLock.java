package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

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

    static SpoolLock take(SpoolDirectory directory) throws IOException {
        String property = HELD_BY_THIS_PROCESS + directory.path().toRealPath();
        if (System.getProperties().putIfAbsent(property, "locked") != null) {
            throw taken(directory);
        }
        try {
            return new SpoolLock(property, locked(directory));
        } catch (IOException | RuntimeException failure) {
            System.getProperties().remove(property);
            throw failure;
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
            return OwnerOnly.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new IOException("spool directory " + directory.path() + " cannot be written: " + failure, failure);
        }
    }

    private static IOException taken(SpoolDirectory directory) {
        return new IOException("spool directory " + directory.path() + " is used by another recorder (lock held)");
    }
}
