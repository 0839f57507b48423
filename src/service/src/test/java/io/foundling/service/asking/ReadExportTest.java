package io.foundling.service.asking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an export does when its reader fails. */
@Timeout(60)
class ReadExportTest {

    /** A full disk is no failure of the network, and has its own sentence. */
    @Test
    void shouldThrowWhatTheReaderThrows() throws Exception {
        // Given
        RuntimeException full = new UncheckedIOException(new FileSystemException("all.csv", null, "no space left"));
        try (RawServer server = RawServer.answering(200, "text/csv", "key\r\nk\r\n")) {
            ConsoleClient client = new ConsoleClient(new AskedConsole(
                    URI.create(server.url()), Optional.empty(), Optional.empty(), Duration.ofSeconds(30)));

            // Then
            assertThatThrownBy(() -> client.csv(Question.of("lists/awaiting"), line -> {
                        throw full;
                    }))
                    .isSameAs(full);
        }
    }
}
