package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.DESCRIPTION;
import static io.foundling.client.internal.spool.SpoolFiles.PLENTY;
import static io.foundling.client.internal.spool.SpoolFiles.crash;
import static io.foundling.client.internal.spool.SpoolFiles.end;
import static io.foundling.client.internal.spool.SpoolFiles.name;
import static io.foundling.client.internal.spool.SpoolFiles.names;
import static io.foundling.client.internal.spool.SpoolFiles.open;
import static io.foundling.client.internal.spool.SpoolFiles.read;
import static io.foundling.client.internal.spool.SpoolFiles.segments;
import static io.foundling.client.internal.spool.SpoolFiles.texts;
import static io.foundling.client.internal.spool.SpoolFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFailureTest {

    private static final int FRAME = FrameFormat.bytesOf("event 0".length());

    @TempDir
    private Path directory;

    private final FailingDisk disk = new FailingDisk();

    @Test
    void shouldLoseAndDoubleNothingWhereverTheDiskFillsUp() throws IOException {
        for (int free = 0; free < SpoolFiles.HEADER_BYTES + 4 * FRAME; free++) {
            Path running = directory.resolve("running" + free);
            try (Spool spool = Spool.open(running, PLENTY, DESCRIPTION, disk)) {
                // Given
                disk.freeBytes = free;
                failToWrite(spool, texts(0, 2), free >= SpoolFiles.HEADER_BYTES + 2 * FRAME);
                failToWrite(spool, texts(2, 4), false);
                List<String> early = readTexts(spool);
                Path left = crash(running, directory.resolve("left" + free));

                // When
                disk.freeBytes = Long.MAX_VALUE;
                write(spool, texts(4, 6));

                // Then
                assertThat(early).isEqualTo(texts(0, early.size()));
                assertThat(readTexts(spool)).isEqualTo(texts(early.size(), 6));
                assertThat(readTexts(left)).isEqualTo(early);
            }
            assertThat(readTexts(running)).isEqualTo(texts(0, 6));
        }
    }

    @Test
    void shouldBeginANewSegmentWhenAPartialWriteCannotBeTakenBack() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, PLENTY, DESCRIPTION, disk)) {
            write(spool, texts(0, 2));
            disk.freeBytes = FRAME + 5;
            disk.cannotTruncate = true;
            failToWrite(spool, texts(2, 4), false);
            List<String> early = readTexts(spool);

            // When
            disk.freeBytes = Long.MAX_VALUE;
            disk.cannotTruncate = false;
            spool.write();

            // Then
            assertThat(early).isEqualTo(texts(0, 2));
            assertThat(readTexts(spool)).isEqualTo(texts(2, 4));
            assertThat(segments(directory)).hasSize(2);
        }
        assertThat(readTexts(directory)).isEqualTo(texts(0, 4));
    }

    @Test
    void shouldGoOnEvenIfItCanNeverBeTakenBack() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, PLENTY, DESCRIPTION, disk)) {
            write(spool, texts(0, 2));
            disk.freeBytes = 5;
            disk.cannotTruncate = true;
            failToWrite(spool, texts(2, 4), false);
            disk.freeBytes = Long.MAX_VALUE;

            // When
            assertThatIOException().isThrownBy(spool::write).withMessage("cannot truncate");
            spool.write();

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(0, 4));
        }
    }

    @Test
    void shouldGoOnInANewSegmentWhenTheFileWasClosed() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, PLENTY, DESCRIPTION, disk)) {
            write(spool, texts(0, 2));
            disk.freeBytes = 0;
            disk.closesOnFailure = true;
            failToWrite(spool, texts(2, 4), false);

            // When
            disk.freeBytes = Long.MAX_VALUE;
            spool.write();
            spool.force();

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(0, 4));
            assertThat(spool.dirty()).isFalse();
        }
    }

    @Test
    void shouldGoOnAfterAnInterrupt() throws IOException {
        try (Spool spool = open(directory)) {
            // Given
            write(spool, texts(0, 2));
            spool.reader().next();
            SpoolFiles.add(spool, "event 2".getBytes(StandardCharsets.UTF_8));
            Thread.currentThread().interrupt();
            assertThatIOException().isThrownBy(spool::write).isInstanceOf(ClosedByInterruptException.class);
            assertThatIOException().isThrownBy(() -> spool.sent(spool.reader().position()));
            assertThat(Thread.interrupted()).isTrue();

            // When
            spool.write();

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(1, 3));
            spool.sent(spool.written());
        }
        assertThat(names(directory)).containsExactly("lock", "sent");
    }

    @Test
    void shouldReadOnWhereItWasWhenReadingFailed() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, PLENTY, DESCRIPTION, disk)) {
            write(spool, texts(0, 2));
            spool.reader().next();
            write(spool, texts(2, 3));
            spool.reader().next();
            disk.cannotRead = true;
            assertThatIOException().isThrownBy(() -> spool.reader().next()).withMessage("Input/output error");

            // When
            disk.cannotRead = false;

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(2, 3));
        }
    }

    @Test
    void shouldDeleteEvenIfTheDiskIsTooFullForTheCheckpoint() throws IOException {
        // Given
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 2));
        }
        try (Spool spool = Spool.open(directory, PLENTY, DESCRIPTION, disk)) {
            write(spool, texts(2, 3));
            Position end = end(read(spool).get(2));
            disk.freeBytes = 0;

            // When
            assertThatIOException().isThrownBy(() -> spool.sent(end));

            // Then
            assertThat(names(directory)).contains(name(2)).doesNotContain(name(1));
            assertThat(spool.bytes()).isZero();
            disk.freeBytes = Long.MAX_VALUE;
        }
        assertThat(readTexts(directory)).isEmpty();
    }

    @Test
    void shouldForceWhatWasWrittenSinceTheLastTime() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, 8 << 20, DESCRIPTION, disk)) {
            for (int i = 0; i < 3; i++) {
                SpoolFiles.add(spool, new byte[1 << 20]);
                spool.write();
            }

            // When
            assertThat(spool.dirty()).isTrue();
            spool.force();

            // Then
            assertThat(disk.forced).containsExactly(name(1), name(2), name(3));
            assertThat(spool.dirty()).isFalse();
            spool.force();
            assertThat(disk.forced).hasSize(3);
            write(spool, texts(0, 1));
            spool.force();
            assertThat(disk.forced).hasSize(4).last().isEqualTo(name(4));
        }
    }

    @Test
    void shouldNotBelieveALaterForceAndBeginANewSegmentWhenForcingFails() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, PLENTY, DESCRIPTION, disk)) {
            write(spool, texts(0, 1));
            disk.cannotForce = true;

            // When
            assertThatIOException().isThrownBy(spool::force).withMessage("cannot force");

            // Then
            disk.cannotForce = false;
            assertThat(spool.dirty()).isFalse();
            write(spool, texts(1, 2));
            spool.force();
            assertThat(disk.forced).containsExactly(name(2));
            assertThat(read(spool)).hasSize(2);
        }
    }

    @Test
    void shouldNotMissSegmentsThatWereDeliveredBeforeTheyWereForced() throws IOException {
        // Given
        try (Spool spool = Spool.open(directory, 8 << 20, DESCRIPTION, disk)) {
            for (int i = 0; i < 3; i++) {
                SpoolFiles.add(spool, new byte[1 << 20]);
                spool.write();
            }
            read(spool);
            spool.sent(spool.written());

            // When
            spool.force();

            // Then
            assertThat(disk.forced).containsExactly(name(3));
            assertThat(Files.exists(directory.resolve(name(1)))).isFalse();
        }
    }

    @Test
    void shouldKeepNoFileOpenBeyondTheSegmentsAtHand() throws IOException {
        // Given
        Spool spool = Spool.open(directory, 8 << 20, DESCRIPTION, disk);
        for (int i = 0; i < 6; i++) {
            SpoolFiles.add(spool, new byte[1 << 20]);
            spool.write();
        }
        read(spool);
        long open = disk.openFiles();

        // When
        spool.close();

        // Then
        assertThat(open).isEqualTo(2);
        assertThat(disk.openFiles()).isZero();
    }

    private static void failToWrite(Spool spool, List<String> texts, boolean works) throws IOException {
        if (works) {
            write(spool, texts);
        } else {
            assertThatIOException().isThrownBy(() -> write(spool, texts)).withMessage("No space left on device");
        }
    }

    private static List<String> readTexts(Path directory) throws IOException {
        try (Spool spool = open(directory)) {
            return SpoolFiles.texts(read(spool));
        }
    }

    private static List<String> readTexts(Spool spool) throws IOException {
        return SpoolFiles.readTexts(spool);
    }
}
