package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * An append-only log of byte records in a directory, bounded and readable after a crash. Records that one process wrote
 * and did not acknowledge are the first that the next process reads. Delivery is at least once: after a crash the
 * records acknowledged last may be read again.
 *
 * <p>One thread appends: {@link #hasRoomFor}, {@link #add}, {@link #write}, {@link #collected}, {@link #discard},
 * {@link #force}, {@link #dirty}. One other thread
 * uses the {@link #reader} and {@link #sent}. The rest is for any thread. {@link #close} comes after both have stopped.
 */
public final class Spool implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_LOOKS = 15;
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(10).toNanos();

    private final SpoolDirectory directory;
    private final SpoolLock lock;
    private final Checkpoint checkpoint;
    private final Segments segments;
    private final SpoolAppender appender;
    private final SpoolReader reader;
    private boolean closed;
    private boolean removing;

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
     * Opens the spool of a directory and creates the directory if it does not exist.
     *
     * @param maxBytes the largest total size of the segment files
     * @param description is written into every new segment and returned with each of its payloads; at most 1 MiB
     * @throws IOException if the directory is used by another recorder or cannot be used; nothing stays open then
     */
    public static Spool open(Path directory, long maxBytes, byte[] description) throws IOException {
        return open(directory, maxBytes, description, OwnerOnly::open);
    }

    static Spool open(Path directory, long maxBytes, byte[] description, Channels channels) throws IOException {
        return await(directory, maxBytes, description, channels)
                .orElseThrow(() ->
                        new IOException("spool directory " + directory + " is used by another recorder (lock held)"));
    }

    /**
     * Opens the spool like {@link #tryOpen}, but waits up to 150 ms for its lock: a process that only looks whether the
     * directory is in use takes the lock for a moment.
     */
    static Optional<Spool> await(Path directory, long maxBytes, byte[] description, Channels channels)
            throws IOException {
        Optional<Spool> free = tryOpen(directory, maxBytes, description, channels);
        for (int look = 1; look <= MOST_LOOKS && free.isEmpty(); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            free = tryOpen(directory, maxBytes, description, channels);
        }
        return free;
    }

    /** Opens the spool like {@link #open}; empty if the directory is used by another recorder. */
    static Optional<Spool> tryOpen(Path directory, long maxBytes, byte[] description, Channels channels)
            throws IOException {
        SpoolSize size = new SpoolSize(maxBytes);
        SegmentHeader header = new SegmentHeader(description.clone());
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                SpoolDirectory home = SpoolDirectory.create(directory);
                return opened(home, SpoolLock.take(home), size, header, channels);
            } catch (NoSuchFileException removed) {
                // A recorder beside this one has just removed the directory, because it was empty.
            }
        }
        throw new IOException("spool directory " + directory + " cannot be created: it was removed " + MOST_ATTEMPTS
                + " times at the same moment");
    }

    /**
     * Opens the spool of a recorder that has ended, for reading; empty if there is none, or if a recorder that has not
     * ended uses it. Creates and changes nothing in a directory that has no spool.
     *
     * @throws java.nio.file.AccessDeniedException if the spool belongs to another user, even if this one is root
     * @throws IOException if the spool cannot be used
     */
    public static Optional<Spool> adopt(Path directory) throws IOException {
        SpoolDirectory home = new SpoolDirectory(directory);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try {
            return home.isSpool() ? adopt(home) : Optional.empty();
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        }
    }

    private static Optional<Spool> adopt(SpoolDirectory home) throws IOException {
        boolean hadLock = Files.exists(home.lock());
        Optional<SpoolLock> lock = SpoolLock.take(home);
        if (lock.isPresent()) {
            try {
                home.requireSameOwner();
            } catch (IOException | RuntimeException failure) {
                releaseUnused(home, lock.get(), hadLock);
                throw failure;
            }
        }
        return opened(home, lock, new SpoolSize(Long.MAX_VALUE), new SegmentHeader(new byte[0]), OwnerOnly::open);
    }

    /** Leaves the directory as it was, or removes it if another process has sent and deleted the spool meanwhile. */
    private static void releaseUnused(SpoolDirectory home, SpoolLock lock, boolean hadLock) throws IOException {
        try {
            if (home.isNew()) {
                home.remove();
            } else if (!hadLock) {
                Files.deleteIfExists(home.lock());
            }
        } finally {
            lock.close();
        }
    }

    private static Optional<Spool> opened(
            SpoolDirectory home, Optional<SpoolLock> lock, SpoolSize size, SegmentHeader header, Channels channels)
            throws IOException {
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            home.restrict();
            return Optional.of(new Spool(home, lock.get(), size, header, channels));
        } catch (IOException | RuntimeException failure) {
            lock.get().close();
            throw failure;
        }
    }

    /** Returns the directory, as it was named when the spool was opened. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Returns the id of the Kafka cluster to which the payloads are sent; empty if it was never reached, or if an older
     * version wrote the spool.
     */
    public Optional<String> cluster() throws IOException {
        return new ClusterName(directory.cluster()).read();
    }

    /** Names the cluster, for whoever sends what is left. */
    public void nameCluster(String id) throws IOException {
        new ClusterName(directory.cluster()).write(id, OwnerOnly::open);
    }

    /** Returns the descriptions of the segments, each once; those with a damaged header have none. */
    public List<byte[]> descriptions() throws IOException {
        Set<ByteBuffer> descriptions = new LinkedHashSet<>();
        for (long number : directory.segments().keySet()) {
            try (SegmentReader segment = SegmentReader.open(directory, number, OwnerOnly::open)) {
                segment.header().ifPresent(header -> descriptions.add(ByteBuffer.wrap(header.description())));
            }
        }
        return descriptions.stream().map(ByteBuffer::array).toList();
    }

    /**
     * Whether there is room for a payload of this size beside the written and the collected ones. Without room the
     * current segment is ended, so that it can be deleted once it is acknowledged. False also if 64 MiB are collected:
     * write first.
     */
    public boolean hasRoomFor(int payloadBytes) {
        return appender.hasRoomFor(payloadBytes);
    }

    /** Collects a payload in memory, at most 64 MiB. It is copied. */
    public void add(byte[] payload, int offset, int length) {
        appender.add(payload, offset, length);
    }

    /**
     * Writes the collected payloads and makes them visible to the reader.
     *
     * @throws IOException if some could not be written; these stay collected, and writing can be tried again
     */
    public void write() throws IOException {
        appender.write();
    }

    /** Returns how many payloads are collected and not written. */
    public int collected() {
        return appender.collected();
    }

    /** Drops the payloads that are collected and not written. */
    public void discard() {
        appender.discard();
    }

    /** Whether a power failure could lose written payloads, because they are not forced yet. */
    public boolean dirty() {
        return appender.dirty();
    }

    /**
     * Forces the written payloads to disk. Costs milliseconds, or nothing if there is nothing new.
     *
     * @throws IOException if that failed. It is not tried again for the same bytes, because the system may then report
     *     success although it has dropped them. Later payloads go into a new segment.
     */
    public void force() throws IOException {
        appender.force();
    }

    /** Returns the only reader. It begins with the first payload that is not acknowledged. */
    public SpoolReader reader() {
        return reader;
    }

    /**
     * Acknowledges every payload before the position and deletes the segments that are no longer needed. An older
     * position changes nothing.
     *
     * @throws IOException if the checkpoint or a deletion failed. The acknowledgement counts nevertheless in this
     *     process, and the next one tries to write and delete again.
     */
    public synchronized void sent(Position position) throws IOException {
        if (closed) {
            throw new IOException("the spool in " + directory.path() + " is closed");
        }
        if (segments.sent(position)) {
            checkpointSent();
        }
    }

    /** Returns the end of the last payload that the reader can see. */
    public Position written() {
        return segments.written();
    }

    /** Returns the begin of the first unacknowledged payload; equal to {@link #written} if there is none. */
    public Position first() {
        return segments.first();
    }

    /** Returns how many bytes on disk are not acknowledged. */
    public long bytes() {
        return segments.unsentBytes();
    }

    /**
     * Releases the directory and drops collected payloads. Segment files remain only if some payload is not
     * acknowledged.
     */
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
            checkpointAndRelease();
        }
    }

    /** Closes the spool and, if every payload is acknowledged, removes its directory. */
    public synchronized void closeAndRemove() throws IOException {
        removing = first().compareTo(written()) >= 0;
        close();
    }

    /** Deletes segments even if writing the checkpoint fails, because a full disk would stay full otherwise. */
    private void checkpointSent() throws IOException {
        try {
            checkpoint.write(segments.sent());
        } finally {
            segments.deleteSent();
        }
    }

    private void checkpointAndRelease() throws IOException {
        try {
            checkpointSent();
        } finally {
            release();
        }
    }

    private void release() throws IOException {
        try {
            checkpoint.close();
            if (removing) {
                directory.remove();
            }
        } finally {
            lock.close();
        }
    }
}
