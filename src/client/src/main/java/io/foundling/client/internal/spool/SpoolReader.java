package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Reads a spool in the order of writing, from the acknowledged position to the end of what was written. After an
 * {@link IOException} the position is unchanged and reading can be tried again. One thread.
 */
public final class SpoolReader {

    private static final SpoolEntry.Nothing NOTHING = new SpoolEntry.Nothing();

    private final SpoolDirectory directory;
    private final Segments segments;
    private final Channels channels;
    private Position position;
    private Position reported = Position.START;
    private long end;
    private boolean canBeTorn;
    private Optional<SegmentReader> open = Optional.empty();
    private boolean closed;

    SpoolReader(SpoolDirectory directory, Segments segments, Channels channels) {
        this.directory = directory;
        this.segments = segments;
        this.channels = channels;
        position = segments.sent();
    }

    /** Returns the position from which the next entry is read. */
    public Position position() {
        return position;
    }

    /** Goes back to an earlier position, but not behind the acknowledged one: those segments may be deleted. */
    public void seek(Position to) {
        if (segments.written().isBefore(to)) {
            throw new IllegalArgumentException("position " + to + " was never written");
        }
        position = to.isBefore(segments.sent()) ? segments.sent() : to;
        end = 0;
    }

    /** Returns the next frame or damage, or {@link SpoolEntry.Nothing} at the end. Does not wait. */
    public synchronized SpoolEntry next() throws IOException {
        try {
            SpoolEntry entry = read();
            while (entry instanceof SpoolEntry.Damage damage && !isNews(damage)) {
                entry = read();
            }
            return entry;
        } catch (IOException failure) {
            leaveSegment();
            throw failure;
        }
    }

    synchronized void close() throws IOException {
        closed = true;
        leaveSegment();
    }

    private SpoolEntry read() throws IOException {
        while (position.offset() >= end) {
            Optional<Segments.Unread> unread = segments.behind(position);
            if (unread.isEmpty()) {
                return NOTHING;
            }
            Optional<SpoolEntry.Damage> unreadable = enter(unread.get());
            if (unreadable.isPresent()) {
                return moveTo(unreadable.get(), unreadable.get().end());
            }
        }
        SpoolEntry entry = open.orElseThrow().at(position.offset(), end, canBeTorn);
        return moveTo(entry, entry instanceof SpoolEntry.Frame frame ? frame.end() : ((SpoolEntry.Damage) entry).end());
    }

    private SpoolEntry moveTo(SpoolEntry entry, Position next) {
        position = next;
        return entry;
    }

    private boolean isNews(SpoolEntry.Damage damage) {
        boolean news = reported.isBefore(damage.end());
        reported = news ? damage.end() : reported;
        return news;
    }

    /** Moves into the segment, behind its header. Returns the damage if the segment cannot be read. */
    private Optional<SpoolEntry.Damage> enter(Segments.Unread unread) throws IOException {
        long offset = unread.number() == position.segment() ? position.offset() : 0;
        try {
            SegmentReader segment = reader(unread.number());
            if (segment.header().isEmpty()) {
                return Optional.of(damaged(segment, offset, unread));
            }
            position = new Position(
                    unread.number(), Math.max(offset, segment.header().get().bytes()));
            end = unread.end();
            canBeTorn = unread.canBeTorn();
            return Optional.empty();
        } catch (NoSuchFileException gone) {
            return missing(offset, unread);
        }
    }

    private SegmentReader reader(long number) throws IOException {
        if (open.filter(segment -> segment.number() == number).isEmpty()) {
            leaveSegment();
            if (closed) {
                throw new IOException("the spool in " + directory.path() + " is closed");
            }
            open = Optional.of(SegmentReader.open(directory, number, channels));
        }
        return open.get();
    }

    private SpoolEntry.Damage damaged(SegmentReader segment, long offset, Segments.Unread unread) throws IOException {
        boolean holdsFrames = segment.firstFrame(offset, unread.end()) < unread.end();
        leaveSegment();
        segments.setAside(unread.number());
        return lost(offset, unread, unread.canBeTorn() && !holdsFrames);
    }

    /** The file is gone: the spool deleted it because it was acknowledged meanwhile, or another program did. */
    private Optional<SpoolEntry.Damage> missing(long offset, Segments.Unread unread) throws IOException {
        if (!segments.contains(unread.number())) {
            return Optional.empty();
        }
        segments.setAside(unread.number());
        return Optional.of(lost(offset, unread, false));
    }

    private static SpoolEntry.Damage lost(long offset, Segments.Unread unread, boolean tornTail) {
        return new SpoolEntry.Damage(new Position(unread.number(), unread.end()), unread.end() - offset, tornTail);
    }

    private void leaveSegment() throws IOException {
        end = 0;
        if (open.isPresent()) {
            SegmentReader left = open.get();
            open = Optional.empty();
            left.close();
        }
    }
}
