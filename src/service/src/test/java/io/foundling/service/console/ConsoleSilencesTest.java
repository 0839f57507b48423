package io.foundling.service.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.silence.AskedInstance;
import io.foundling.console.delivery.silence.Silences;
import io.foundling.service.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSilencesTest {

    private static final String REQUIRED = """
            kafka: {bootstrap.servers: a:9092}
            avro: {schema.registry.url: http://b}
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldAskNobodyWithoutAnAlertmanager() {
        try (Silences silences = silences("receivers: [{name: hook, kind: WEBHOOK, url: http://127.0.0.1:1}]")) {
            assertThat(silences.now().instances()).isEmpty();
        }
    }

    @Test
    void shouldAskEachInstanceAndNameAReceiverWhoseFilesCannotBeUsed() {
        // Given
        String receivers = """
                receivers:
                  - {name: pager, kind: ALERTMANAGER, url: "http://127.0.0.1:1,http://127.0.0.1:2"}
                  - {name: other, kind: ALERTMANAGER, url: "http://127.0.0.1:3", authorizationFile: "%s"}
                """.formatted(directory.resolve("missing"));

        // Then
        try (Silences silences = silences(receivers)) {
            assertThat(silences.now().instances())
                    .containsExactly(
                            new AskedInstance("pager", "127.0.0.1:1", Optional.of("no connection to 127.0.0.1:1")),
                            new AskedInstance("pager", "127.0.0.1:2", Optional.of("no connection to 127.0.0.1:2")),
                            new AskedInstance(
                                    "other", "", Optional.of("the console cannot use its settings; its log says why")));
        }
    }

    private static Silences silences(String receivers) {
        return ConsoleSilences.of(new ConfigReader(Map.of()).read("test.yaml", REQUIRED + receivers));
    }
}
