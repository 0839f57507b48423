package io.foundling.console.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It says what is missing, tries again, and ends at once. */
class ModelReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatIsMissingAndGoOnOnceItIsThere() throws IOException {
        // Given
        Path later = directory.resolve("later");
        try (Database database = database(later);
                ModelReader reader = reader(database, "127.0.0.1:" + unusedPort())) {
            assertThat(reader.problem()).contains("has not joined its group yet");

            // When
            reader.start();

            // Then
            await().atMost(PATIENCE).until(() -> problem(reader).contains("the database failed"));
            assertThat(reader.lags()).isEmpty();

            // When
            Files.createDirectories(later);

            // Then
            await().atMost(PATIENCE).until(() -> Files.exists(later.resolve("model.db")));
        }
    }

    @Test
    void shouldEndAtOnceWhileItWaitsToTryAgain() {
        // Given
        try (Database database = database(directory.resolve("never"))) {
            ModelReader reader = reader(database, "127.0.0.1:1");
            reader.start();
            await().atMost(PATIENCE).until(() -> problem(reader).contains("the database failed"));

            // When
            long begunNs = System.nanoTime();
            reader.close();

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isLessThan(Duration.ofSeconds(14));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("console-reader");
        }
    }

    private static String problem(ModelReader reader) {
        return reader.problem().orElse("");
    }

    private static ModelReader reader(Database database, String bootstrapServers) {
        ReaderSettings settings =
                new ReaderSettings("group", "one", Map.of("bootstrap.servers", bootstrapServers), Map.of(), List.of());
        return new ModelReader(
                settings, database, Duration.ofDays(7), (topic, records, passedOver) -> {}, InstantSource.system());
    }

    private static Database database(Path in) {
        return new Database(new DatabaseSettings(
                "jdbc:sqlite:" + in.resolve("model.db"), Optional.empty(), Optional.empty(), 1L << 40));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
