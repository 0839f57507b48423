package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.DESCRIPTION;
import static io.foundling.client.internal.spool.SpoolFiles.end;
import static io.foundling.client.internal.spool.SpoolFiles.frames;
import static io.foundling.client.internal.spool.SpoolFiles.name;
import static io.foundling.client.internal.spool.SpoolFiles.names;
import static io.foundling.client.internal.spool.SpoolFiles.open;
import static io.foundling.client.internal.spool.SpoolFiles.read;
import static io.foundling.client.internal.spool.SpoolFiles.readTexts;
import static io.foundling.client.internal.spool.SpoolFiles.segments;
import static io.foundling.client.internal.spool.SpoolFiles.texts;
import static io.foundling.client.internal.spool.SpoolFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long SMALL = 8L << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldFindNothingWhenTheDirectoryIsEmpty() throws IOException {
        // When
        try (Spool spool = open(directory.resolve("a/b"))) {

            // Then
            assertThat(read(spool)).isEmpty();
            assertThat(spool.first()).isEqualTo(spool.written());
            assertThat(spool.bytes()).isZero();
            assertThat(spool.dirty()).isFalse();
            assertThat(segments(directory.resolve("a/b"))).isEmpty();
        }
    }

    @Test
    void shouldReadInOrderWhatWasWrittenAcrossSegments() throws IOException {
        // Given
        byte[] filler = new byte[1 << 16];
        try (Spool spool = Spool.open(directory, SMALL, DESCRIPTION)) {

            // When
            for (int i = 0; i < 100; i++) {
                Arrays.fill(filler, (byte) i);
                spool.add(filler, 0, filler.length - i);
                if (i % 7 == 0) {
                    spool.write();
                }
            }
            spool.write();

            // Then
            List<SpoolEntry.Frame> frames = frames(read(spool));
            assertThat(segments(directory)).hasSize(7);
            assertThat(frames).hasSize(100);
            for (int i = 0; i < 100; i++) {
                byte[] expected = new byte[filler.length - i];
                Arrays.fill(expected, (byte) i);
                assertThat(frames.get(i).payload()).isEqualTo(expected);
                assertThat(frames.get(i).description()).isEqualTo(DESCRIPTION);
            }
            assertThat(frames)
                    .extracting(SpoolEntry.Frame::end)
                    .isSorted()
                    .last()
                    .isEqualTo(spool.written());
        }
    }

    @Test
    void shouldReadPayloadsOfEverySize() throws IOException {
        try (Spool spool = open(directory)) {
            for (int bytes : new int[] {0, 1, 250, 1 << 20, 17 << 20, 0}) {
                // Given
                byte[] payload = new byte[bytes];
                Arrays.fill(payload, (byte) bytes);

                // When
                spool.add(payload, 0, bytes);
                spool.write();

                // Then
                assertThat(frames(read(spool)))
                        .singleElement()
                        .satisfies(frame -> assertThat(frame.payload()).isEqualTo(payload));
            }
        }
    }

    @Test
    void shouldRefuseAPayloadThatIsTooLarge() throws IOException {
        try (Spool spool = open(directory)) {
            int tooMany = (64 << 20) + 1;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spool.add(new byte[tooMany], 0, tooMany))
                    .withMessage("a payload has 67108865 bytes, expected 0 to 67108864");
            assertThat(spool.hasRoomFor(tooMany)).isFalse();
        }
    }

    @Test
    void shouldCopyOnlyTheGivenPartOfAnArray() throws IOException {
        try (Spool spool = open(directory)) {
            // Given
            byte[] array = "xyevent 7z".getBytes(StandardCharsets.UTF_8);
            spool.add(array, 2, 7);
            Arrays.fill(array, (byte) 0);

            // When
            spool.write();

            // Then
            assertThat(readTexts(spool)).containsExactly("event 7");
        }
    }

    @Test
    void shouldNotReadWhatIsOnlyCollected() throws IOException {
        try (Spool spool = open(directory)) {
            // When
            SpoolFiles.add(spool, new byte[3]);

            // Then
            assertThat(read(spool)).isEmpty();
            assertThat(spool.written()).isEqualTo(spool.first());
        }
    }

    @Test
    void shouldContinueBehindWhatWasAcknowledgedWhenReopened() throws IOException {
        // Given
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 10));
            spool.sent(end(read(spool).get(3)));
        }

        // When
        try (Spool spool = open(directory)) {
            write(spool, texts(10, 12));

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(4, 12));
            assertThat(names(directory)).contains(name(1), name(2));
        }
    }

    @Test
    void shouldNeverAppendToARecoveredSegment() throws IOException {
        // Given
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 1));
        }
        byte[] before = Files.readAllBytes(directory.resolve(name(1)));

        // When
        try (Spool spool = open(directory)) {
            write(spool, texts(1, 2));
        }

        // Then
        assertThat(directory.resolve(name(1))).hasBinaryContent(before);
    }

    @Test
    void shouldNumberPastTheCheckpointWhenNoSegmentIsLeft() throws IOException {
        // Given
        for (int i = 0; i < 3; i++) {
            try (Spool spool = open(directory)) {
                write(spool, texts(i, i + 1));
                spool.sent(end(read(spool).get(0)));
            }
        }

        // When
        try (Spool spool = open(directory)) {
            write(spool, texts(3, 4));
        }

        // Then
        try (Spool spool = open(directory)) {
            assertThat(segments(directory)).extracting(Path::getFileName).hasToString("[" + name(4) + "]");
            assertThat(readTexts(spool)).isEqualTo(texts(3, 4));
        }
    }

    @Test
    void shouldLeaveNoSegmentWhenAllWasAcknowledged() throws IOException {
        // Given
        Spool spool = open(directory);
        write(spool, texts(0, 5));
        spool.sent(end(read(spool).get(4)));

        // When
        spool.close();
        spool.close();

        // Then
        assertThat(names(directory)).containsExactly("lock", "sent");
    }

    @Test
    void shouldDeleteOnlySegmentsThatLieBeforeTheAcknowledged() throws IOException {
        // Given
        writeOneSegmentPerText(texts(0, 4));
        try (Spool spool = open(directory)) {
            write(spool, texts(4, 5));
            List<SpoolEntry> entries = read(spool);

            // When
            spool.sent(end(entries.get(1)));

            // Then
            assertThat(names(directory)).contains(name(3), name(4), name(5)).doesNotContain(name(1), name(2));
            spool.sent(end(entries.get(4)));
            assertThat(names(directory)).contains(name(5)).doesNotContain(name(4));
        }
    }

    @Test
    void shouldIgnoreAnOlderAcknowledgement() throws IOException {
        // Given
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 5));
            List<SpoolEntry> entries = read(spool);
            spool.sent(end(entries.get(3)));

            // When
            spool.sent(end(entries.get(1)));
        }

        // Then
        try (Spool spool = open(directory)) {
            assertThat(readTexts(spool)).isEqualTo(texts(4, 5));
        }
    }

    @Test
    void shouldRefuseAPositionThatWasNeverWritten() throws IOException {
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 1));
            Position beyond = new Position(1, 1000);
            assertThatIllegalArgumentException().isThrownBy(() -> spool.sent(beyond));
            assertThatIllegalArgumentException().isThrownBy(() -> spool.reader().seek(beyond));
        }
    }

    @Test
    void shouldReadAgainWhenTheReaderGoesBack() throws IOException {
        // Given
        writeOneSegmentPerText(texts(0, 3));
        try (Spool spool = open(directory)) {
            write(spool, texts(3, 6));
            List<SpoolEntry> entries = read(spool);

            for (int i = 0; i < 6; i++) {
                // When
                spool.reader().seek(end(entries.get(i)));

                // Then
                assertThat(readTexts(spool)).isEqualTo(texts(i + 1, 6));
            }
            spool.reader().seek(spool.first());
            assertThat(readTexts(spool)).isEqualTo(texts(0, 6));
        }
    }

    @Test
    void shouldNotGoBackBehindWhatWasAcknowledged() throws IOException {
        try (Spool spool = open(directory)) {
            // Given
            write(spool, texts(0, 3));
            Position start = spool.first();
            spool.sent(end(read(spool).get(1)));

            // When
            spool.reader().seek(start);

            // Then
            assertThat(readTexts(spool)).isEqualTo(texts(2, 3));
        }
    }

    @Test
    void shouldTellWhatIsNotAcknowledged() throws IOException {
        // Given
        writeOneSegmentPerText(texts(0, 2));
        try (Spool spool = open(directory)) {
            long all = spool.bytes();
            Position first = spool.first();
            List<SpoolEntry> entries = read(spool);

            // When
            spool.sent(end(entries.get(0)));

            // Then
            assertThat(first).isLessThan(spool.written());
            assertThat(spool.bytes()).isEqualTo(all / 2);
            assertThat(spool.first()).isGreaterThan(first).isLessThan(spool.written());
            spool.sent(end(entries.get(1)));
            assertThat(spool.bytes()).isZero();
            assertThat(spool.first()).isEqualTo(spool.written());
        }
    }

    @Test
    void shouldKeepTheDescriptionOfEachSegment() throws IOException {
        // Given
        byte[] older = {1};
        try (Spool spool = Spool.open(directory, SMALL, older)) {
            write(spool, texts(0, 1));
        }

        // When
        try (Spool spool = Spool.open(directory, SMALL, new byte[0])) {
            write(spool, texts(1, 2));

            // Then
            assertThat(frames(read(spool)))
                    .extracting(SpoolEntry.Frame::description)
                    .containsExactly(older, new byte[0]);
        }
    }

    @Test
    void shouldRefuseEverythingWhenClosed() throws IOException {
        // Given
        Spool spool = open(directory);
        write(spool, texts(0, 2));
        Position end = end(spool.reader().next());
        SpoolFiles.add(spool, new byte[1]);

        // When
        spool.close();

        // Then
        String closed = "the spool in " + directory + " is closed";
        assertThatIOException().isThrownBy(spool::write).withMessage(closed);
        assertThatIOException().isThrownBy(() -> spool.sent(end)).withMessage(closed);
        assertThatIOException().isThrownBy(() -> spool.reader().next()).withMessage(closed);
    }

    private void writeOneSegmentPerText(List<String> texts) throws IOException {
        for (String text : texts) {
            try (Spool spool = open(directory)) {
                write(spool, List.of(text));
            }
        }
    }
}
