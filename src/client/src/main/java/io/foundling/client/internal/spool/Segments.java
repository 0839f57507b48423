package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The state that appender and reader share: the segments, the published end of each, and the acknowledged position. A
 * new segment gets a higher number than every segment and the checkpoint, so that nothing new can lie before the
 * checkpoint. Any thread.
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

    /** A segment with unread bytes. {@code canBeTorn}: a crash may have ended it in the middle of a frame. */
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

    /** Reads the state of a directory and deletes its segments that are empty or acknowledged. */
    static Segments recover(SpoolDirectory directory, Position sent, Channels channels) throws IOException {
        NavigableMap<Long, Long> ends = directory.segments();
        while (!ends.isEmpty() && isEmpty(directory, ends.lastEntry(), channels)) {
            directory.delete(ends.pollLastEntry().getKey());
        }
        return new Segments(directory, ends, sent);
    }

    /** Returns the number of a new segment. It is not used again, even if the segment cannot be written. */
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

    /** Called when the current segment is complete. Deletes it if all of it is acknowledged. */
    synchronized void ended() throws IOException {
        underWriting = NONE;
        deleteSent();
    }

    /** Returns the first segment with published bytes after the position; empty if there is none. */
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

    /** Stops counting a segment that cannot be read and renames its file, unless the segment is being written. */
    synchronized void setAside(long number) throws IOException {
        if (number != underWriting && ends.containsKey(number)) {
            try {
                directory.setAside(number);
            } catch (NoSuchFileException gone) {
                // Another process or a person deleted the file.
            }
            bytes -= ends.remove(number);
        }
    }

    /** Acknowledges every payload before the position. Returns whether that changed anything. */
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

    /** Whether the last segment has no frame, because of a crash after its header was written. */
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
