package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects frames in memory and writes them into segments. One thread appends; another one may close it. */
final class SpoolAppender implements AutoCloseable {

    /** The most bytes that are collected in memory, except for a single larger frame. */
    private static final int MOST_COLLECTED_BYTES = FrameFormat.bytesOf(FrameFormat.MAX_PAYLOAD_BYTES);

    private final SpoolDirectory directory;
    private final Segments segments;
    private final SegmentHeader header;
    private final SpoolSize size;
    private final Channels channels;
    private final Batch batch = new Batch();
    private final Set<Long> unforced = new TreeSet<>();
    private boolean namesUnforced;
    private Optional<SegmentWriter> current = Optional.empty();
    private SegmentPlan plan;
    private boolean closed;

    SpoolAppender(
            SpoolDirectory directory, Segments segments, SegmentHeader header, SpoolSize size, Channels channels) {
        this.directory = directory;
        this.segments = segments;
        this.header = header;
        this.size = size;
        this.channels = channels;
        plan = new SegmentPlan(header.bytes(), size.segmentBytes(), 0);
    }

    boolean hasRoomFor(int payloadBytes) {
        if (!FrameFormat.isSane(payloadBytes)) {
            return false;
        }
        int frame = FrameFormat.bytesOf(payloadBytes);
        if (fits(frame)) {
            return batch.isEmpty() || (long) batch.bytes() + frame <= MOST_COLLECTED_BYTES;
        }
        return batch.isEmpty() && endSegment() && fits(frame);
    }

    void add(byte[] payload, int offset, int length) {
        if (!FrameFormat.isSane(length)) {
            throw new IllegalArgumentException(
                    "a payload has " + length + " bytes, expected 0 to " + FrameFormat.MAX_PAYLOAD_BYTES);
        }
        batch.add(payload, offset, length);
        plan.add(FrameFormat.bytesOf(length));
    }

    synchronized void write() throws IOException {
        try {
            while (!batch.isEmpty()) {
                writeTo(segmentFor(batch.firstFrameBytes()));
            }
        } finally {
            planAgain();
        }
    }

    int collected() {
        return batch.count();
    }

    synchronized void discard() {
        batch.remove(batch.bytes());
        planAgain();
    }

    synchronized boolean dirty() {
        return namesUnforced || !unforced.isEmpty();
    }

    synchronized void force() throws IOException {
        boolean forced = false;
        try {
            for (long number : unforced) {
                force(number);
            }
            if (namesUnforced) {
                directory.force();
            }
            forced = true;
        } finally {
            unforced.clear();
            namesUnforced = false;
            if (!forced) {
                endSegment();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        leaveSegment();
    }

    private boolean fits(int frameBytes) {
        return segments.bytes() + plan.bytesWith(frameBytes) <= size.maxBytes();
    }

    /** Ends the current segment, so that it can be deleted. Otherwise one large frame could fill the spool for ever. */
    private synchronized boolean endSegment() {
        try {
            leaveSegment();
            return true;
        } catch (IOException notDeleted) {
            return false; // The segment counts until an acknowledgement deletes it and reports the failure.
        } finally {
            planAgain();
        }
    }

    private void writeTo(SegmentWriter segment) throws IOException {
        Position start = segment.end();
        int bytes = batch.seal(start, size.segmentBytes() - start.offset());
        segment.write(batch.first(bytes));
        batch.remove(bytes);
        unforced.add(segment.number());
        segments.published(segment.end());
    }

    private SegmentWriter segmentFor(int frameBytes) throws IOException {
        if (closed) {
            throw new IOException("the spool in " + directory.path() + " is closed");
        }
        if (current.isPresent() && (current.get().isBroken() || plan().needsSegment(frameBytes))) {
            leaveSegment();
        }
        if (current.isEmpty()) {
            current = Optional.of(begin());
        }
        return current.get();
    }

    private SegmentWriter begin() throws IOException {
        unforced.removeIf(number -> !segments.contains(number));
        long number = segments.nextNumber();
        SegmentWriter begun = SegmentWriter.begin(number, directory.segment(number), header, channels);
        segments.begun(begun.end());
        namesUnforced = true;
        return begun;
    }

    private void leaveSegment() throws IOException {
        if (current.isPresent()) {
            SegmentWriter left = current.get();
            current = Optional.empty();
            try {
                left.close();
            } finally {
                segments.ended();
            }
        }
    }

    private void force(long number) throws IOException {
        Optional<SegmentWriter> open = current.filter(segment -> segment.number() == number && !segment.isBroken());
        if (open.isPresent()) {
            open.get().force();
            return;
        }
        try (FileChannel rolled = channels.open(directory.segment(number), StandardOpenOption.WRITE)) {
            rolled.force(false);
        } catch (NoSuchFileException acknowledged) {
            // The segment was delivered and deleted meanwhile.
        }
    }

    private void planAgain() {
        plan = plan();
        batch.forEachFrameBytes(plan::add);
    }

    private SegmentPlan plan() {
        long filled = current.filter(segment -> !segment.isBroken())
                .map(segment -> segment.end().offset())
                .orElse(0L);
        return new SegmentPlan(header.bytes(), size.segmentBytes(), filled);
    }
}
