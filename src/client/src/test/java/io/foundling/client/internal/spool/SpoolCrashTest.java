package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.crash;
import static io.foundling.client.internal.spool.SpoolFiles.damages;
import static io.foundling.client.internal.spool.SpoolFiles.end;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCrashTest {

    @TempDir
    private Path directory;

    @Test
    void shouldFindEverythingWrittenWhenTheProcessDied() throws IOException {
        // Given
        Path running = directory.resolve("running");
        try (Spool spool = open(running)) {
            write(spool, texts(0, 10));

            // When
            Path left = crash(running, directory.resolve("left"));

            // Then
            try (Spool again = open(left)) {
                assertThat(read(again)).hasSize(10);
                assertThat(again.bytes()).isEqualTo(spool.bytes());
            }
        }
    }

    @Test
    void shouldNeitherLoseNorDoubleWhenItDiesAfterEveryStep() throws IOException {
        // Given
        Path now = directory.resolve("0");
        for (int i = 0; i < 20; i++) {
            Path next = directory.resolve(String.valueOf(i + 1));
            try (Spool spool = open(now)) {
                write(spool, texts(2 * i, 2 * i + 2));

                // When
                SpoolEntry oldest = spool.reader().next();
                spool.sent(end(oldest));
                crash(now, next);

                // Then
                try (Spool again = open(next)) {
                    assertThat(readTexts(again)).isEqualTo(texts(i + 1, 2 * i + 2));
                }
            }
            now = next;
        }
    }

    @Test
    void shouldReportATornTailWhereverTheLastFrameWasCut() throws IOException {
        // Given
        byte[] whole = segment(texts(0, 3));
        int lastFrame = FrameFormat.bytesOf("event 2".length());
        for (int cut = 1; cut < lastFrame; cut++) {
            Path left = only(directory.resolve("cut"), Arrays.copyOf(whole, whole.length - cut));
            try (Spool spool = open(left)) {
                write(spool, texts(3, 5));

                // When
                List<SpoolEntry> entries = read(spool);

                // Then
                Position end = new Position(1, whole.length - cut);
                assertThat(texts(entries)).containsExactly("event 0", "event 1", "event 3", "event 4");
                assertThat(entries.get(2)).isEqualTo(new SpoolEntry.Damage(end, lastFrame - cut, true));
                spool.sent(end);
                assertThat(names(left)).doesNotContain(name(1));
            }
        }
    }

    @Test
    void shouldReportATornTailWhenTheEndIsZeroes() throws IOException {
        // Given
        byte[] whole = segment(texts(0, 3));
        Path left = only(directory.resolve("zeroes"), Arrays.copyOf(whole, whole.length + (1 << 20)));

        // When
        try (Spool spool = open(left)) {
            List<SpoolEntry> entries = read(spool);

            // Then
            assertThat(texts(entries)).isEqualTo(texts(0, 3));
            assertThat(entries.get(3))
                    .isEqualTo(new SpoolEntry.Damage(new Position(1, whole.length + (1 << 20)), 1 << 20, true));
        }
    }

    @Test
    void shouldCallItNoTornTailWhenALaterSegmentWasRecovered() throws IOException {
        // Given
        byte[] whole = segment(texts(0, 3));
        Path left = only(directory.resolve("two"), Arrays.copyOf(whole, whole.length - 1));
        try (Spool spool = open(left)) {
            write(spool, texts(3, 4));
        }

        // When
        try (Spool spool = open(left)) {

            // Then
            assertThat(damages(read(spool)))
                    .singleElement()
                    .matches(damage -> !damage.tornTail())
                    .matches(damage -> damage.end().segment() == 1);
        }
    }

    @Test
    void shouldReportATornTailWhereverTheFirstHeaderWasCut() throws IOException {
        // Given
        byte[] whole = segment(texts(0, 1));
        for (int length = 1; length < SpoolFiles.HEADER_BYTES; length++) {
            Path left = only(directory.resolve("header"), Arrays.copyOf(whole, length));

            // When
            try (Spool spool = open(left)) {

                // Then
                assertThat(read(spool)).containsExactly(new SpoolEntry.Damage(new Position(1, length), length, true));
                assertThat(names(left)).contains(name(1) + ".damaged").doesNotContain(name(1));
            }
        }
    }

    @Test
    void shouldForgetASegmentWithoutFrames() throws IOException {
        byte[] whole = segment(texts(0, 1));
        for (int length : new int[] {0, SpoolFiles.HEADER_BYTES}) {
            // Given
            Path left = only(directory.resolve("empty"), Arrays.copyOf(whole, length));

            // When
            try (Spool spool = open(left)) {

                // Then
                assertThat(spool.first()).isEqualTo(spool.written());
                assertThat(read(spool)).isEmpty();
                assertThat(names(left)).containsExactly("lock");
            }
        }
    }

    @Test
    void shouldDeleteWhatWasAcknowledgedWhenItDiedBeforeDeleting() throws IOException {
        // Given
        Path running = directory.resolve("running");
        Path left = directory.resolve("left");
        try (Spool spool = open(running)) {
            write(spool, texts(0, 1));
        }
        try (Spool spool = open(running)) {
            write(spool, texts(1, 2));
            crash(running, left);
            spool.sent(end(spool.reader().next()));
            Files.copy(running.resolve("sent"), left.resolve("sent"), StandardCopyOption.REPLACE_EXISTING);
        }

        // When
        try (Spool spool = open(left)) {

            // Then
            assertThat(names(left)).contains(name(2)).doesNotContain(name(1));
            assertThat(readTexts(spool)).isEqualTo(texts(1, 2));
        }
    }

    private byte[] segment(List<String> texts) throws IOException {
        Path source = directory.resolve("source");
        try (Spool spool = open(source)) {
            write(spool, texts);
            return Files.readAllBytes(source.resolve(name(1)));
        }
    }
}
