package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The file with the acknowledged position: magic, segment, offset, CRC32C; 24 bytes that are overwritten in place. It
 * is not forced to disk: if a crash loses its last state, some payloads are delivered again.
 */
final class Checkpoint implements AutoCloseable {

    private static final int MAGIC = 0xF0_5B_5E_47;
    private static final int BYTES = 24;
    private static final int CHECKSUM_AT = 20;

    private final Path path;
    private final Channels channels;
    private Optional<FileChannel> file = Optional.empty();

    Checkpoint(Path path, Channels channels) {
        this.path = path;
        this.channels = channels;
    }

    /** Whether the file begins like a checkpoint. */
    static boolean hasMagic(Path file) throws IOException {
        return Magic.of(file).equals(OptionalInt.of(MAGIC));
    }

    /**
     * Whether the file begins like a checkpoint, is missing or has no contents: a power failure can leave a new file
     * empty or full of zeros, because it is not forced to disk.
     */
    static boolean isOwn(Path file) throws IOException {
        return Files.notExists(file)
                || hasMagic(file)
                || Files.isRegularFile(file)
                        && Files.size(file) <= BYTES
                        && Arrays.equals(Files.readAllBytes(file), new byte[(int) Files.size(file)]);
    }

    /** Returns the position written last, or the very beginning if the file is missing or damaged. */
    Position read() throws IOException {
        try {
            return decode(Files.readAllBytes(path)).orElse(Position.START);
        } catch (NoSuchFileException neverWritten) {
            return Position.START;
        }
    }

    void write(Position position) throws IOException {
        ByteBuffer bytes = encode(position);
        FileChannel open = open();
        while (bytes.hasRemaining()) {
            open.write(bytes, bytes.position());
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /** Returns the file, opened again if an interrupt closed it. */
    private FileChannel open() throws IOException {
        if (file.filter(FileChannel::isOpen).isEmpty()) {
            file = Optional.of(channels.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        return file.get();
    }

    private static ByteBuffer encode(Position position) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .putLong(position.segment())
                .putLong(position.offset());
        return bytes.putInt(checksum(bytes.array())).flip();
    }

    private static Optional<Position> decode(byte[] bytes) {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        return bytes.length >= BYTES && read.getInt(CHECKSUM_AT) == checksum(bytes) && read.getInt() == MAGIC
                ? Optional.of(new Position(read.getLong(), read.getLong()))
                : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(Arrays.copyOf(bytes, CHECKSUM_AT));
        return (int) crc.getValue();
    }
}
