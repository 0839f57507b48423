package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.damages;
import static io.foundling.client.internal.spool.SpoolFiles.end;
import static io.foundling.client.internal.spool.SpoolFiles.flip;
import static io.foundling.client.internal.spool.SpoolFiles.flipped;
import static io.foundling.client.internal.spool.SpoolFiles.name;
import static io.foundling.client.internal.spool.SpoolFiles.names;
import static io.foundling.client.internal.spool.SpoolFiles.only;
import static io.foundling.client.internal.spool.SpoolFiles.open;
import static io.foundling.client.internal.spool.SpoolFiles.read;
import static io.foundling.client.internal.spool.SpoolFiles.readTexts;
import static io.foundling.client.internal.spool.SpoolFiles.texts;
import static io.foundling.client.internal.spool.SpoolFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolDamageTest {

    private static final int FRAME = FrameFormat.bytesOf("event 0".length());

    @TempDir
    private Path directory;

    @Test
    void shouldMissOneFrameAtMostWhereverABitIsFlipped() throws IOException {
        // Given
        byte[] whole = segment(texts(0, 5));
        for (int bit = 8 * SpoolFiles.HEADER_BYTES; bit < 8 * whole.length; bit++) {
            Path left = only(directory.resolve("flip"), flipped(whole, bit / 8, 1 << bit % 8));
            int hit = (bit / 8 - SpoolFiles.HEADER_BYTES) / FRAME;
            List<String> rest = new ArrayList<>(texts(0, 5));
            rest.remove(hit);

            // When
            try (Spool spool = open(left)) {
                List<SpoolEntry> entries = read(spool);

                // Then
                assertThat(texts(entries)).isEqualTo(rest);
                Position end = new Position(1, SpoolFiles.HEADER_BYTES + (hit + 1L) * FRAME);
                assertThat(entries.get(hit)).isEqualTo(new SpoolEntry.Damage(end, FRAME, hit == 4));
            }
        }
    }

    @Test
    void shouldSetTheSegmentAsideWhereverABitOfTheHeaderIsFlipped() throws IOException {
        // Given
        byte[] whole = segment(texts(0, 5));
        for (int bit = 0; bit < 8 * SpoolFiles.HEADER_BYTES; bit++) {
            byte[] damaged = flipped(whole, bit / 8, 1 << bit % 8);
            Path left = only(directory.resolve("flip"), damaged);
            try (Spool spool = open(left)) {
                write(spool, texts(5, 6));

                // When
                List<SpoolEntry> entries = read(spool);

                // Then
                assertThat(entries.get(0))
                        .isEqualTo(new SpoolEntry.Damage(new Position(1, whole.length), whole.length, false));
                assertThat(texts(entries)).isEqualTo(texts(5, 6));
                assertThat(left.resolve(name(1) + ".damaged")).hasBinaryContent(damaged);
            }
        }
    }

    @Test
    void shouldNotReuseTheNumberOfASegmentThatWasSetAside() throws IOException {
        // Given
        Path left = only(directory.resolve("left"), flipped(segment(texts(0, 1)), 0, 1));
        try (Spool spool = open(left)) {
            spool.sent(end(spool.reader().next()));
        }
        Files.delete(left.resolve("sent"));

        // When
        try (Spool spool = open(left)) {
            write(spool, texts(1, 2));

            // Then
            assertThat(names(left)).containsExactly(name(1) + ".damaged", name(2), "lock");
        }
    }

    @Test
    void shouldReadNothingWrongWhenBytesAreRandom() throws IOException {
        // Given
        Random random = new Random(7);
        byte[] whole = segment(texts(0, 20));
        for (int round = 0; round < 500; round++) {
            byte[] damaged = Arrays.copyOf(whole, SpoolFiles.HEADER_BYTES + random.nextInt(whole.length));
            for (int hits = random.nextInt(10); hits > 0; hits--) {
                int at = SpoolFiles.HEADER_BYTES + random.nextInt(damaged.length - SpoolFiles.HEADER_BYTES + 1);
                for (int i = at; i < Math.min(damaged.length, at + random.nextInt(40)); i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }

            // When
            try (Spool spool = open(only(directory.resolve("random"), damaged))) {
                List<SpoolEntry> entries = read(spool);

                // Then
                List<String> found = texts(entries);
                assertThat(texts(0, 20).stream().filter(found::contains).toList())
                        .isEqualTo(found);
                assertThat(entries).extracting(SpoolFiles::end).isSorted();
                assertThat(bytes(entries)).isEqualTo(damaged.length - SpoolFiles.HEADER_BYTES);
            }
        }
    }

    @Test
    void shouldNotTakeAFrameInsideAPayloadForAFrame() throws IOException {
        // Given
        byte[] quoted = segment(texts(0, 3));
        Path left = directory.resolve("left");
        try (Spool spool = open(left)) {
            SpoolFiles.add(spool, quoted);
            write(spool, texts(3, 4));
        }
        flip(left.resolve(name(1)), SpoolFiles.HEADER_BYTES);

        // When
        try (Spool spool = open(left)) {
            List<SpoolEntry> entries = read(spool);

            // Then
            assertThat(entries).hasSize(2);
            assertThat(texts(entries)).isEqualTo(texts(3, 4));
        }
    }

    @Test
    void shouldFindTheNextFrameBehindAHoleLargerThanItsWindow() throws IOException {
        // Given
        Path left = directory.resolve("left");
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) (FrameFormat.MAGIC >>> 24));
        try (Spool spool = open(left)) {
            SpoolFiles.add(spool, large);
            write(spool, texts(0, 2));
        }
        flip(left.resolve(name(1)), SpoolFiles.HEADER_BYTES + 2_000_000);

        // When
        try (Spool spool = open(left)) {
            List<SpoolEntry> entries = read(spool);

            // Then
            assertThat(damages(entries)).extracting(SpoolEntry.Damage::bytes).containsExactly((long)
                    FrameFormat.bytesOf(large.length));
            assertThat(texts(entries)).isEqualTo(texts(0, 2));
        }
    }

    @Test
    void shouldReportDamageOnceWhenTheReaderGoesBack() throws IOException {
        // Given
        Path left = only(directory.resolve("left"), flipped(segment(texts(0, 3)), SpoolFiles.HEADER_BYTES + FRAME, 1));
        try (Spool spool = open(left)) {
            assertThat(read(spool)).hasSize(3);

            // When
            spool.reader().seek(spool.first());

            // Then
            assertThat(texts(read(spool))).containsExactly("event 0", "event 2");
            spool.reader().seek(spool.first());
            assertThat(read(spool)).hasSize(2);
        }
    }

    @Test
    void shouldReadAllAgainWhereverTheCheckpointIsDamaged() throws IOException {
        // Given
        Path left = directory.resolve("left");
        try (Spool spool = open(left)) {
            write(spool, texts(0, 5));
            spool.sent(end(read(spool).get(2)));
        }
        byte[] checkpoint = Files.readAllBytes(left.resolve("sent"));
        for (int bit = 0; bit < 8 * checkpoint.length; bit++) {
            Files.write(left.resolve("sent"), flipped(checkpoint, bit / 8, 1 << bit % 8));

            // When
            try (Spool spool = open(left)) {

                // Then
                assertThat(readTexts(spool)).isEqualTo(texts(0, 5));
            }
        }
    }

    @Test
    void shouldWriteAUsableCheckpointOverADamagedOne() throws IOException {
        for (int length : new int[] {0, 1, 23, 100}) {
            // Given
            Path left = directory.resolve("left" + length);
            try (Spool spool = open(left)) {
                write(spool, texts(0, 5));
            }
            Files.write(left.resolve("sent"), new byte[length]);

            // When
            try (Spool spool = open(left)) {
                spool.sent(end(read(spool).get(2)));
            }

            // Then
            try (Spool spool = open(left)) {
                assertThat(readTexts(spool)).isEqualTo(texts(3, 5));
            }
        }
    }

    @Test
    void shouldGoOnWhenASegmentIsDamagedWhileItIsWritten() throws IOException {
        // Given
        Path left = directory.resolve("left");
        try (Spool spool = open(left)) {
            write(spool, texts(0, 2));
            try (FileChannel file = FileChannel.open(left.resolve(name(1)), StandardOpenOption.WRITE)) {
                file.truncate(SpoolFiles.HEADER_BYTES + FRAME + 3);
            }

            // When
            List<SpoolEntry> before = read(spool);
            write(spool, texts(2, 3));

            // Then
            assertThat(texts(before)).isEqualTo(texts(0, 1));
            assertThat(damages(before)).extracting(SpoolEntry.Damage::bytes).containsExactly((long) FRAME);
            assertThat(readTexts(spool)).isEqualTo(texts(2, 3));
        }
    }

    @Test
    void shouldCountASegmentAsLostWhenSomebodyDeletesIt() throws IOException {
        // Given
        Path left = directory.resolve("left");
        try (Spool spool = open(left)) {
            write(spool, texts(0, 2));
        }
        try (Spool spool = open(left)) {
            write(spool, texts(2, 3));
            long size = Files.size(left.resolve(name(1)));
            Files.delete(left.resolve(name(1)));

            // When
            List<SpoolEntry> entries = read(spool);

            // Then
            assertThat(entries.get(0)).isEqualTo(new SpoolEntry.Damage(new Position(1, size), size, false));
            assertThat(texts(entries)).isEqualTo(texts(2, 3));
        }
    }

    @Test
    void shouldLeaveForeignFilesAlone() throws IOException {
        // Given
        Path left = Files.createDirectories(directory.resolve("left"));
        List<String> foreign = List.of("1.spool", "99999999999999999999.spool", name(3) + ".txt", "readme");
        for (String name : foreign) {
            Files.writeString(left.resolve(name), "x");
        }
        Files.createDirectory(left.resolve(name(4)));

        // When
        try (Spool spool = open(left)) {
            write(spool, texts(0, 1));

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(0, 1));
            assertThat(names(left)).containsAll(foreign).contains(name(4), name(5));
        }
    }

    private static long bytes(List<SpoolEntry> entries) {
        long damaged =
                damages(entries).stream().mapToLong(SpoolEntry.Damage::bytes).sum();
        return damaged
                + SpoolFiles.frames(entries).stream()
                        .mapToLong(frame -> FrameFormat.bytesOf(frame.payload().length))
                        .sum();
    }

    private byte[] segment(List<String> texts) throws IOException {
        Path source = directory.resolve("source" + texts.size());
        try (Spool spool = open(source)) {
            write(spool, texts);
            return Files.readAllBytes(source.resolve(name(1)));
        }
    }
}
