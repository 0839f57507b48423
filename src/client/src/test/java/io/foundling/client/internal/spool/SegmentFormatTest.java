package io.foundling.client.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFormatTest {

    private static final int VERSION_AT = 4;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheBytesOfVersionOne() throws IOException {
        // When
        try (Spool spool = Spool.open(directory, SpoolFiles.PLENTY, new byte[] {'d'})) {
            SpoolFiles.write(spool, SpoolFiles.texts(0, 1));
        }

        // Then
        byte[] segment = Files.readAllBytes(directory.resolve(SpoolFiles.name(1)));
        assertThat(HexFormat.of().formatHex(segment))
                .isEqualTo("f05b5e6001000000016440e0bb4ff05b001d000000079768b8de6576656e742030");
    }

    @Test
    void shouldNotReadAnotherVersion() throws IOException {
        // Given
        ByteBuffer header = new SegmentHeader(SpoolFiles.DESCRIPTION).encoded();
        header.put(VERSION_AT, (byte) 2);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, header.limit() - Integer.BYTES);
        header.putInt(header.limit() - Integer.BYTES, (int) crc.getValue());

        // When
        Optional<SegmentHeader> read;
        try (FileChannel file = file(header.array())) {
            read = SegmentHeader.read(file);
        }

        // Then
        assertThat(read).isEmpty();
    }

    @Test
    void shouldLoadNothingBeyondTheLimit() throws IOException {
        // Given
        try (FileChannel file = file(new byte[] {0, 0, 0, 1, 9, 9, 9, 9})) {
            SegmentWindow window = new SegmentWindow(file);
            boolean published = window.cover(0, 4, 4);
            boolean unpublished = window.cover(4, 4, 4);

            // When
            file.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 2}), 4);

            // Then
            assertThat(published).isTrue();
            assertThat(unpublished).isFalse();
            assertThat(window.cover(4, 4, 8)).isTrue();
            assertThat(window.intAt(4)).isEqualTo(2);
            assertThat(window.cover(0, 4, 8)).isTrue();
            assertThat(window.intAt(0)).isEqualTo(1);
        }
    }

    private FileChannel file(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("file"), content);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
