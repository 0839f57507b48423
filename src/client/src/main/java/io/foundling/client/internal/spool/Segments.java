package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What the appender and the reader know in common: which segments there are, how far each is published, what is acknowledged.
 * Numbers only grow, also past the checkpoint, so that nothing new can lie before it. Any thread.
 */
final class Segments {

    private static final long NONE = -1;

    private final SpoolDirectory directory;
    private final NavigableMap<Long, Long> ends;
    private final long lastRecovered;
    private long highest;
    private long underWriting = NONE;
    private long bytes;
    private Position sent;
    private Position written;

    /** A segment that has something unread. {@code canBeTorn}: a crash may have ended it in the middle of a frame. */
    record Unread(long number, long end, boolean canBeTorn) {}

    private Segments(SpoolDirectory directory, NavigableMap<Long, Long> ends, Position sent) throws IOException {
        this.directory = directory;
        this.ends = ends;
        this.sent = sent;
        bytes = ends.values().stream().mapToLong(Long::longValue).sum();
        highest = Math.max(sent.segment(), directory.highestNumber());
        Position end = end(ends);
        written = sent.isBefore(end) ? end : sent;
        deleteSent();
        lastRecovered = ends.isEmpty() ? NONE : ends.lastKey();
    }

    /** Takes stock of a directory, and deletes the segments in it that hold nothing or were acknowledged. */
    static Segments recover(SpoolDirectory directory, Position sent, Channels channels) throws IOException {
        NavigableMap<Long, Long> ends = directory.segments();
        while (!ends.isEmpty() && isEmpty(directory, ends.lastEntry(), channels)) {
            directory.delete(ends.pollLastEntry().getKey());
        }
        return new Segments(directory, ends, sent);
    }

    /** Returns a number for a new segment, which is not taken again, even if the segment comes to nothing. */
    synchronized long nextNumber() {
        return ++highest;
    }

    synchronized void begun(Position end) {
        underWriting = end.segment();
        ends.put(end.segment(), end.offset());
        bytes += end.offset();
    }

    synchronized void published(Position end) {
        bytes += end.offset() - ends.put(end.segment(), end.offset());
        written = end;
    }

    /** Says that nothing more goes into the segment being written. It is deleted here if all of it was acknowledged. */
    synchronized void ended() throws IOException {
        underWriting = NONE;
        deleteSent();
    }

    /** Returns the first segment that goes on behind the position, which is not behind what is written. */
    synchronized Optional<Unread> behind(Position position) {
        NavigableMap<Long, Long> rest = ends.subMap(position.segment(), true, written.segment(), true);
        for (Map.Entry<Long, Long> segment : rest.entrySet()) {
            if (segment.getKey() > position.segment() || segment.getValue() > position.offset()) {
                long number = segment.getKey();
                return Optional.of(new Unread(number, segment.getValue(), number == lastRecovered));
            }
        }
        return Optional.empty();
    }

    synchronized boolean contains(long number) {
        return ends.containsKey(number);
    }

    /** Takes a segment that cannot be read out of the account and keeps its file, unless it is being written. */
    synchronized void setAside(long number) throws IOException {
        if (number != underWriting && ends.containsKey(number)) {
            try {
                directory.setAside(number);
            } catch (NoSuchFileException gone) {
                // Somebody else deleted it.
            }
            bytes -= ends.remove(number);
        }
    }

    /** Acknowledges what is before the position. Returns whether that is news. */
    synchronized boolean sent(Position position) {
        if (written.isBefore(position)) {
            throw new IllegalArgumentException(
                    "position " + position + " was never written, expected at most " + written);
        }
        boolean news = sent.isBefore(position);
        sent = news ? position : sent;
        return news;
    }

    synchronized void deleteSent() throws IOException {
        while (!ends.isEmpty() && isSent(ends.firstEntry())) {
            long number = ends.firstKey();
            directory.delete(number);
            bytes -= ends.remove(number);
        }
    }

    synchronized Position sent() {
        return sent;
    }

    synchronized Position written() {
        return written;
    }

    synchronized Position first() {
        if (ends.isEmpty() || !sent.isBefore(written)) {
            return written;
        }
        return sent.segment() < ends.firstKey() ? new Position(ends.firstKey(), 0) : sent;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long unsentBytes() {
        if (!sent.isBefore(written)) {
            return 0;
        }
        long later = ends.tailMap(sent.segment(), false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return later + Math.max(0, ends.getOrDefault(sent.segment(), 0L) - sent.offset());
    }

    private boolean isSent(Map.Entry<Long, Long> segment) {
        Position end = new Position(segment.getKey(), segment.getValue());
        boolean empty = !sent.isBefore(written);
        return segment.getKey() != underWriting && (empty || !sent.isBefore(end));
    }

    private static Position end(NavigableMap<Long, Long> ends) {
        return ends.isEmpty()
                ? Position.START
                : new Position(ends.lastKey(), ends.lastEntry().getValue());
    }

    /** Whether a crash came between the beginning of the last segment and its first frame. */
    private static boolean isEmpty(SpoolDirectory directory, Map.Entry<Long, Long> last, Channels channels)
            throws IOException {
        if (last.getValue() == 0) {
            return true;
        }
        try (SegmentReader segment = SegmentReader.open(directory, last.getKey(), channels)) {
            return segment.header()
                    .filter(header -> header.bytes() == last.getValue())
                    .isPresent();
        }
    }
}
