package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what waits in the spool of a directory and changes nothing, whether its recorder runs or has ended. If the
 * recorder runs, the view may be a moment old, and its last frame may be incomplete. One thread.
 */
public final class SpoolView {

    private final SpoolDirectory directory;
    private final boolean inUse;
    private long damagedBytes;

    private SpoolView(SpoolDirectory directory, boolean inUse) {
        this.directory = directory;
        this.inUse = inUse;
    }

    /**
     * Looks whether the directory has a spool: files with our magic, damaged segments, or nothing but the lock of a
     * recorder.
     *
     * @throws IOException if the directory cannot be read
     */
    public static boolean isSpool(Path path) throws IOException {
        SpoolDirectory directory = new SpoolDirectory(path);
        return directory.isSpool() || !directory.damaged().isEmpty() || directory.isNew();
    }

    /** @throws IOException if the directory cannot be used by this user */
    public static SpoolView of(Path path) throws IOException {
        SpoolDirectory directory = new SpoolDirectory(path);
        return new SpoolView(directory, isLocked(directory));
    }

    /** Whether a recorder that has not ended uses the spool, or one that sends what is in it. */
    public boolean isInUse() {
        return inUse;
    }

    /** Whether {@link Spool#adopt} would find a spool there; otherwise nothing can be sent. */
    public boolean canBeAdopted() throws IOException {
        try {
            return directory.isSpool();
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    /** Returns the segments that a reader could not read and has set aside. */
    public List<Path> damaged() throws IOException {
        return directory.damaged();
    }

    /** Returns how many bytes that wait {@link #forEach} could not read. */
    public long damagedBytes() {
        return damagedBytes;
    }

    /** Reads the frames that wait, in order. Returns how many bytes wait. */
    public long forEach(Consumer<SpoolEntry.Frame> reader) throws IOException {
        Position sent = new Checkpoint(directory.checkpoint(), OwnerOnly::open).read();
        List<Map.Entry<Long, Long>> segments =
                new ArrayList<>(directory.segments().entrySet());
        long waiting = 0;
        damagedBytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            long number = segments.get(i).getKey();
            if (number >= sent.segment()) {
                long from = number == sent.segment() ? sent.offset() : 0;
                waiting += read(number, from, segments.get(i).getValue(), i == segments.size() - 1, reader);
            }
        }
        return waiting;
    }

    private long read(long number, long from, long end, boolean last, Consumer<SpoolEntry.Frame> reader)
            throws IOException {
        try (SegmentReader segment = SegmentReader.open(directory, number, OwnerOnly::open)) {
            Optional<SegmentHeader> header = segment.header();
            if (header.isEmpty()) {
                damagedBytes += last && inUse ? 0 : end - from;
                return end - from;
            }
            long begin = Math.max(from, header.get().bytes());
            for (long at = begin; at < end; ) {
                SpoolEntry entry = segment.at(at, end, last);
                if (entry instanceof SpoolEntry.Frame frame) {
                    reader.accept(frame);
                    at = frame.end().offset();
                } else if (entry instanceof SpoolEntry.Damage damage) {
                    damagedBytes += damage.tornTail() ? 0 : damage.bytes();
                    at = damage.end().offset();
                }
            }
            return Math.max(0, end - begin);
        } catch (NoSuchFileException sentMeanwhile) {
            return 0;
        }
    }

    private static boolean isLocked(SpoolDirectory directory) throws IOException {
        if (!Files.exists(directory.lock())) {
            return false;
        }
        try {
            Optional<SpoolLock> lock = SpoolLock.take(directory);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isEmpty();
        } catch (NoSuchFileException removed) {
            return false;
        }
    }
}
