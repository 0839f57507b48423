package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The part of a segment file that is in memory. It moves forward with the reader and grows for a large frame. One
 * thread.
 */
final class SegmentWindow {

    /** Also the most bytes of one read: the JDK keeps a buffer of that size for each thread, outside the heap. */
    private static final int USUAL_BYTES = 256 << 10;

    private final FileChannel file;
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES);
    private long start;
    private int loaded;

    SegmentWindow(FileChannel file) {
        this.file = file;
    }

    /** Loads bytes of the file before the limit. Returns false if the file has fewer. */
    boolean cover(long offset, int count, long limit) throws IOException {
        return covers(offset, count) || load(offset, count, limit);
    }

    int intAt(long offset) {
        return bytes.getInt(index(offset));
    }

    byte[] array() {
        return bytes.array();
    }

    /** Returns the array index of a covered offset. */
    int index(long offset) {
        return (int) (offset - start);
    }

    private boolean covers(long offset, int count) {
        return offset >= start && offset + count <= start + loaded;
    }

    private boolean load(long offset, int count, long limit) throws IOException {
        move(offset, count);
        while (loaded < bytes.capacity() && start + loaded < limit) {
            long most = Math.min(limit - start - loaded, Math.min(bytes.capacity() - loaded, USUAL_BYTES));
            int read = file.read(ByteBuffer.wrap(bytes.array(), loaded, (int) most), start + loaded);
            if (read <= 0) {
                break;
            }
            loaded += read;
        }
        return loaded >= count;
    }

    /** Moves the window to the offset and keeps the loaded bytes from there on. */
    private void move(long offset, int count) {
        boolean overlaps = offset >= start && offset < start + loaded;
        int drop = overlaps ? index(offset) : loaded;
        int kept = loaded - drop;
        if (count > bytes.capacity()) {
            bytes = ByteBuffer.wrap(Arrays.copyOfRange(bytes.array(), drop, drop + count));
        } else {
            System.arraycopy(bytes.array(), drop, bytes.array(), 0, kept);
        }
        start = offset;
        loaded = kept;
    }
}
