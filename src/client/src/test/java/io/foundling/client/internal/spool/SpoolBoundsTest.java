package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.DESCRIPTION;
import static io.foundling.client.internal.spool.SpoolFiles.end;
import static io.foundling.client.internal.spool.SpoolFiles.frames;
import static io.foundling.client.internal.spool.SpoolFiles.read;
import static io.foundling.client.internal.spool.SpoolFiles.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolBoundsTest {

    private static final int MAX = 100_000;
    private static final int SEGMENT = MAX / 2;
    private static final int PAYLOAD = 1_000;

    @TempDir
    private Path directory;

    @Test
    void shouldHaveRoomUpToTheLastByte() throws IOException {
        // Given
        int all = MAX - SpoolFiles.HEADER_BYTES - FrameFormat.PAYLOAD_AT;
        try (Spool spool = open()) {

            // Then
            assertThat(spool.hasRoomFor(all)).isTrue();
            assertThat(spool.hasRoomFor(all + 1)).isFalse();
            assertThat(spool.hasRoomFor(-1)).isFalse();
            SpoolFiles.add(spool, new byte[all]);
            spool.write();
            assertThat(onDisk()).isEqualTo(MAX);
            assertThat(spool.hasRoomFor(0)).isFalse();
        }
    }

    @Test
    void shouldStayWithinItsBoundsWhetherWrittenOrCollected() throws IOException {
        for (int each : new int[] {1, 7, Integer.MAX_VALUE}) {
            try (Spool spool = open()) {
                // When
                int added = fill(spool, each);

                // Then
                assertThat(onDisk()).isLessThanOrEqualTo(MAX).isGreaterThan(MAX - 2 * PAYLOAD);
                assertThat(segments(directory)).hasSize(2);
                assertThat(frames(read(spool))).hasSize(added);
                spool.sent(spool.reader().position());
            }
        }
    }

    @Test
    void shouldHaveRoomAgainOnceASegmentIsAcknowledged() throws IOException {
        // Given
        try (Spool spool = open()) {
            fill(spool, 1);
            long before = onDisk();
            List<SpoolEntry> entries = read(spool);
            int inFirstSegment = (SEGMENT - SpoolFiles.HEADER_BYTES) / FrameFormat.bytesOf(PAYLOAD);

            // When
            spool.sent(end(entries.get(inFirstSegment - 2)));
            boolean beforeTheLast = spool.hasRoomFor(PAYLOAD);
            spool.sent(end(entries.get(inFirstSegment - 1)));

            // Then
            assertThat(beforeTheLast).isFalse();
            assertThat(spool.hasRoomFor(PAYLOAD)).isTrue();
            assertThat(onDisk()).isLessThan(before - SEGMENT + 2 * PAYLOAD);
        }
    }

    @Test
    void shouldCountWhatAnEarlierProcessLeft() throws IOException {
        // Given
        try (Spool spool = open()) {
            fill(spool, 1);
        }

        // When
        try (Spool spool = open()) {

            // Then
            assertThat(spool.hasRoomFor(PAYLOAD)).isFalse();
            read(spool);
            spool.sent(spool.written());
            assertThat(spool.hasRoomFor(MAX / 2)).isTrue();
        }
    }

    @Test
    void shouldNotStayFullWhenOneLargeFrameWasAcknowledged() throws IOException {
        for (boolean acknowledgedFirst : new boolean[] {true, false}) {
            try (Spool spool = open()) {
                // Given
                SpoolFiles.add(spool, new byte[MAX * 9 / 10]);
                spool.write();
                boolean full = !acknowledgedFirst && spool.hasRoomFor(MAX / 2);
                read(spool);

                // When
                spool.sent(spool.written());

                // Then
                assertThat(full).isFalse();
                assertThat(spool.hasRoomFor(MAX / 2)).isTrue();
                SpoolFiles.add(spool, new byte[MAX / 2]);
                spool.write();
                assertThat(frames(read(spool))).hasSize(1);
                spool.sent(spool.written());
            }
        }
    }

    @Test
    void shouldAskToWriteFirstWhenMuchIsCollected() throws IOException {
        // Given
        int most = FrameFormat.MAX_PAYLOAD_BYTES;
        try (Spool spool = Spool.open(directory, 1L << 40, DESCRIPTION)) {
            SpoolFiles.add(spool, new byte[10]);

            // Then
            assertThat(spool.hasRoomFor(most - FrameFormat.bytesOf(10))).isTrue();
            assertThat(spool.hasRoomFor(most)).isFalse();
            spool.write();
            assertThat(spool.hasRoomFor(most)).isTrue();
        }
    }

    @Test
    void shouldChooseSegmentsThatFreeRoomSoon() {
        assertThat(new SpoolSize(1L << 40).segmentBytes()).isEqualTo(16 << 20);
        assertThat(new SpoolSize(64 << 20).segmentBytes()).isEqualTo(8 << 20);
        assertThat(new SpoolSize(4 << 20).segmentBytes()).isEqualTo(1 << 20);
        assertThat(new SpoolSize(1 << 20).segmentBytes()).isEqualTo(1 << 19);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpoolSize(0))
                .withMessage("the spool may have 0 bytes, expected at least 1");
    }

    private int fill(Spool spool, int each) throws IOException {
        int added = 0;
        while (spool.hasRoomFor(PAYLOAD)) {
            SpoolFiles.add(spool, new byte[PAYLOAD]);
            added++;
            if (added % each == 0) {
                spool.write();
            }
        }
        spool.write();
        return added;
    }

    private long onDisk() throws IOException {
        long bytes = 0;
        for (Path segment : segments(directory)) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    private Spool open() throws IOException {
        return Spool.open(directory, MAX, DESCRIPTION);
    }
}
