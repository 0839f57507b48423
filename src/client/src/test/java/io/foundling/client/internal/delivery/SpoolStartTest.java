package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorder starts where one of its name left events for a topic. */
class SpoolStartTest {

    @TempDir
    private Path root;

    @Test
    void shouldLeaveEventsForAnotherTopicWhereTheyAre() throws IOException {
        // Given
        RecorderSettings.Spool settings = settings(true);
        left(settings, "audit.events");

        // When
        try (Spool other = SpoolSink.open(settings, "other.events")) {

            // Then
            assertThat(other.directory()).isEqualTo(root.resolve("pod-1.2"));
            assertThat(other.bytes()).isZero();
        }
        try (Spool same = SpoolSink.open(settings, "audit.events")) {
            assertThat(same.directory()).isEqualTo(root.resolve("pod-1"));
            assertThat(same.bytes()).isPositive();
        }
    }

    @Test
    void shouldTakeTheEventsOfItsOwnDirectoryWhateverTheirTopicWas() throws IOException {
        // Given
        RecorderSettings.Spool settings = settings(false);
        left(settings, "audit.events");

        // When
        try (Spool other = SpoolSink.open(settings, "other.events")) {

            // Then
            assertThat(other.directory()).isEqualTo(root.resolve("pod-1"));
            assertThat(other.bytes()).isPositive();
        }
    }

    private RecorderSettings.Spool settings(boolean withSiblings) {
        return new RecorderSettings.Spool(root.resolve("pod-1"), withSiblings, 1 << 20, false, Duration.ZERO);
    }

    private static void left(RecorderSettings.Spool settings, String topic) throws IOException {
        InMemoryAuditRecorder source = new InMemoryAuditRecorder();
        source.opened(TestRecorder.subject(0));
        byte[] payload = new SpoolCodec().payload(1, source.last());
        try (Spool spool = SpoolSink.open(settings, topic)) {
            spool.add(payload, 0, payload.length);
            spool.write();
        }
    }
}
