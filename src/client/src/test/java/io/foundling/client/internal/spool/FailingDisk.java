package io.foundling.client.internal.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A disk that fills up in the middle of a write, and fails in other ways on request. */
public final class FailingDisk implements Channels {

    public volatile long freeBytes = Long.MAX_VALUE;
    public volatile boolean cannotForce;
    public volatile boolean hasNoMemory;
    public final List<String> forced = new CopyOnWriteArrayList<>();
    boolean cannotTruncate;
    boolean cannotRead;
    boolean closesOnFailure;
    final List<FileChannel> opened = new CopyOnWriteArrayList<>();

    /** Opens a spool on this disk. */
    public Spool open(Path directory, long maxBytes, byte[] description) {
        try {
            return Spool.open(directory, maxBytes, description, this);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        FileChannel channel = new Failing(file, FileChannel.open(file, options));
        opened.add(channel);
        return channel;
    }

    long openFiles() {
        return opened.stream().filter(FileChannel::isOpen).count();
    }

    private final class Failing extends FileChannel {
        private final Path path;
        private final FileChannel file;

        private Failing(Path path, FileChannel file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (hasNoMemory) {
                throw new OutOfMemoryError("Cannot reserve 262144 bytes of direct buffer memory");
            }
            if (source.remaining() <= freeBytes) {
                int written = file.write(source, position);
                freeBytes -= written;
                return written;
            }
            if (freeBytes == 0) {
                if (closesOnFailure) {
                    close();
                }
                throw new IOException("No space left on device");
            }
            int limit = source.limit();
            source.limit(source.position() + (int) freeBytes);
            freeBytes -= file.write(source, position);
            int written = source.position();
            source.limit(limit);
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (cannotTruncate) {
                throw new IOException("cannot truncate");
            }
            return file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (cannotForce) {
                throw new IOException("cannot force");
            }
            forced.add(path.getFileName().toString());
            file.force(metaData);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            if (cannotRead) {
                throw new IOException("Input/output error");
            }
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw unused();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw unused();
        }

        @Override
        public int write(ByteBuffer source) {
            throw unused();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw unused();
        }

        @Override
        public long position() {
            throw unused();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw unused();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw unused();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw unused();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw unused();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw unused();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw unused();
        }

        private static UnsupportedOperationException unused() {
            return new UnsupportedOperationException("the spool reads and writes at positions, with one buffer each");
        }
    }
}
