package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * An append-only log of byte records in a directory: bounded, and readable after a crash. What a process wrote and did not
 * acknowledge the next one finds first. Delivery is at least once: a crash brings back what was acknowledged last.
 *
 * <p>One thread appends: {@link #hasRoomFor}, {@link #add}, {@link #write}, {@link #collected}, {@link #discard},
 * {@link #force}, {@link #dirty}. One other thread
 * uses the {@link #reader} and {@link #sent}. The rest is for any thread. {@link #close} comes after both have stopped.
 */
public final class Spool implements AutoCloseable {

    private final SpoolDirectory directory;
    private final SpoolLock lock;
    private final Checkpoint checkpoint;
    private final Segments segments;
    private final SpoolAppender appender;
    private final SpoolReader reader;
    private boolean closed;

    private Spool(SpoolDirectory directory, SpoolLock lock, SpoolSize size, SegmentHeader header, Channels channels)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        checkpoint = new Checkpoint(directory.checkpoint(), channels);
        segments = Segments.recover(directory, checkpoint.read(), channels);
        appender = new SpoolAppender(directory, segments, header, size, channels);
        reader = new SpoolReader(directory, segments, channels);
    }

    /**
     * Opens the spool of a directory, which is created if need be.
     *
     * @param maxBytes how large its segments may become together
     * @param description goes into every new segment and comes back with each payload of it; at most 1 MiB
     * @throws IOException if the directory is used by another recorder or cannot be used; nothing stays open then
     */
    public static Spool open(Path directory, long maxBytes, byte[] description) throws IOException {
        return open(directory, maxBytes, description, FileChannel::open);
    }

    static Spool open(Path directory, long maxBytes, byte[] description, Channels channels) throws IOException {
        SpoolSize size = new SpoolSize(maxBytes);
        SegmentHeader header = new SegmentHeader(description.clone());
        SpoolDirectory home = SpoolDirectory.create(directory);
        SpoolLock lock = SpoolLock.take(home);
        try {
            return new Spool(home, lock, size, header, channels);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /**
     * Whether a payload of that size may be added to what is written and collected. If there is no room the segment being
     * written is ended, so that it can be deleted once it is acknowledged. False also if 64 MiB are collected: write first.
     */
    public boolean hasRoomFor(int payloadBytes) {
        return appender.hasRoomFor(payloadBytes);
    }

    /** Collects a payload in memory, at most 64 MiB. It is copied. */
    public void add(byte[] payload, int offset, int length) {
        appender.add(payload, offset, length);
    }

    /**
     * Writes what was collected and lets the reader see it.
     *
     * @throws IOException if not all could be written; the rest is still collected, and writing can be tried again
     */
    public void write() throws IOException {
        appender.write();
    }

    /** Returns how many payloads are collected and not written. */
    public int collected() {
        return appender.collected();
    }

    /** Forgets what was collected and not written. */
    public void discard() {
        appender.discard();
    }

    /** Whether something was written that a power failure could take. */
    public boolean dirty() {
        return appender.dirty();
    }

    /**
     * Forces to disk what was written. Costs milliseconds; nothing if that was done before.
     *
     * @throws IOException if that failed; it is not tried again for the same bytes, as the system may say that they are on disk
     *     although it has forgotten them. What is written afterwards goes into a new segment.
     */
    public void force() throws IOException {
        appender.force();
    }

    /** Returns the one reader, which begins with what was not acknowledged. */
    public SpoolReader reader() {
        return reader;
    }

    /**
     * Acknowledges all that is before the position, and deletes the segments that are no longer needed. An older position
     * changes nothing.
     *
     * @throws IOException if that could not be noted or deleted; it holds nevertheless, and the next news tries again
     */
    public synchronized void sent(Position position) throws IOException {
        if (closed) {
            throw new IOException("the spool in " + directory.path() + " is closed");
        }
        if (segments.sent(position)) {
            noteSent();
        }
    }

    /** Returns the end of what the reader can see. */
    public Position written() {
        return segments.written();
    }

    /** Returns where the unacknowledged begins; before {@link #written} if there is any. */
    public Position first() {
        return segments.first();
    }

    /** Returns the unacknowledged bytes on disk. */
    public long bytes() {
        return segments.unsentBytes();
    }

    /** Gives the directory free. What is collected and not written is gone; files are left only if not all was acknowledged. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            reader.close();
            appender.close();
        } finally {
            noteSentAndRelease();
        }
    }

    /** Deletes also if the note fails: a full disk must not keep itself full. */
    private void noteSent() throws IOException {
        try {
            checkpoint.write(segments.sent());
        } finally {
            segments.deleteSent();
        }
    }

    private void noteSentAndRelease() throws IOException {
        try {
            noteSent();
        } finally {
            release();
        }
    }

    private void release() throws IOException {
        try {
            checkpoint.close();
        } finally {
            lock.close();
        }
    }
}
