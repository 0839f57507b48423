package io.foundling.client.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SpoolConcurrencyTest {

    private static final int FRAMES = 200_000;
    private static final int PAYLOAD = 250;

    @TempDir
    private Path directory;

    @Test
    @Timeout(60)
    void shouldHandOverEveryFrameInOrderWhenBothSidesRun() throws Exception {
        // Given
        try (Spool spool = Spool.open(directory, 8 << 20, SpoolFiles.DESCRIPTION)) {
            CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> append(spool));

            // When
            for (int expected = 0; expected < FRAMES; ) {
                if (spool.reader().next() instanceof SpoolEntry.Frame frame) {
                    assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(expected++);
                    if (expected % 100 == 0) {
                        spool.sent(frame.end());
                    }
                } else {
                    assertThat(appended).isNotCompletedExceptionally();
                    Thread.onSpinWait();
                }
            }

            // Then
            appended.get(10, TimeUnit.SECONDS);
            assertThat(spool.reader().next()).isEqualTo(new SpoolEntry.Nothing());
            assertThat(spool.bytes()).isZero();
        }
        assertThat(SpoolFiles.names(directory)).containsExactly("lock", "sent");
    }

    private static void append(Spool spool) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
        try {
            for (int i = 0; i < FRAMES; ) {
                if (spool.hasRoomFor(PAYLOAD)) {
                    SpoolFiles.add(spool, payload.putInt(0, i++).array());
                }
                if (i % 50 == 0 || !spool.hasRoomFor(PAYLOAD)) {
                    spool.write();
                }
            }
            spool.write();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
