package io.foundling.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.delivery.LogLines;
import io.foundling.service.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of tokens that changes while the console runs. */
class TokenWatchTest {

    private static final String ANN = entry("ann", "a") + "    sources: [billing]\n";
    private static final String JOB = entry("job", "b");

    @TempDir
    private Path directory;

    private final LogLines log = new LogLines(TokenWatch.class);
    private TokenWatch watch;

    @AfterEach
    void stop() {
        log.close();
        if (watch != null) {
            watch.close();
        }
    }

    @Test
    void shouldRevokeATokenWhenItsEntryIsRemoved() throws IOException {
        // Given
        watch(ANN + JOB);
        assertThat(names()).containsExactly("ann", "job");

        // When
        write("tokens:\n" + JOB);
        lookTwice();

        // Then
        assertThat(names()).containsExactly("job");
        assertThat(log.all()).containsExactly(file() + " has changed: 1 tokens are accepted now");
    }

    @Test
    void shouldRevokeAllTokens() throws IOException {
        watch(ANN);
        write("tokens: []\n");
        lookTwice();
        assertThat(names()).isEmpty();
    }

    /** Without its last line, the token would be one for all sources. */
    @Test
    void shouldLeaveAHalfWrittenFileAlone() throws IOException {
        // Given
        watch(JOB);

        // When
        write("tokens:\n" + ANN.replace("    sources: [billing]\n", ""));
        watch.look();
        write("tokens:\n" + ANN);
        watch.look();

        // Then
        assertThat(names()).containsExactly("job");
        watch.look();
        assertThat(watch.get())
                .singleElement()
                .satisfies(token -> assertThat(token.sources()).isPresent());
    }

    @Test
    void shouldKeepTheFormerTokensAndSaySoOnceWhenTheFileCannotBeUsed() throws IOException {
        // Given
        watch(ANN);

        // When
        write("tokens:\n" + ANN.replace("READER", "ADMIN"));
        lookTwice();
        lookTwice();
        Files.delete(file());
        lookTwice();
        lookTwice();
        write("");
        lookTwice();

        // Then
        assertThat(names()).containsExactly("ann");
        assertThat(log.all())
                .hasSize(3)
                .allMatch(line ->
                        line.startsWith("the tokens that were read before are accepted on, revoked ones among them"))
                .anyMatch(line -> line.contains("tokens[0].roles[0] is not as it must be"))
                .anyMatch(line -> line.contains("does not exist"))
                .anyMatch(line -> line.contains("is empty"));

        // When
        write("tokens:\n" + ANN);
        lookTwice();

        // Then
        assertThat(log.all()).hasSize(4).last().asString().contains("1 tokens are accepted now");
    }

    @Test
    void shouldFollowALinkThatIsReplacedAsKubernetesDoes() throws IOException {
        // Given
        Path first = Files.writeString(directory.resolve("first"), "tokens:\n" + ANN);
        Path second = Files.writeString(directory.resolve("second"), "tokens:\n" + JOB);
        Path link = Files.createSymbolicLink(file(), first);
        watch = new TokenWatch(new TokensFile(link));

        // When
        Files.delete(link);
        Files.createSymbolicLink(link, second);
        lookTwice();

        // Then
        assertThat(names()).containsExactly("job");
    }

    @Test
    void shouldLookByItselfOnceItIsStarted() throws IOException {
        // Given
        watch(ANN);
        watch.start();

        // When
        write("tokens: []\n");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(names()).isEmpty());
    }

    @Test
    void shouldRefuseToStartWithAFileThatCannotBeUsed() throws IOException {
        write("tokens:\n" + ANN.replace("READER", "ADMIN"));
        assertThatThrownBy(() -> new TokenWatch(new TokensFile(file())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokens[0].roles[0]");
    }

    private static String entry(String name, String digit) {
        return "  - name: " + name + "\n    sha256: " + digit.repeat(64) + "\n    roles: [READER]\n";
    }

    private void watch(String entries) throws IOException {
        write("tokens:\n" + entries);
        watch = new TokenWatch(new TokensFile(file()));
    }

    private Path file() {
        return directory.resolve("tokens.yaml");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private void lookTwice() {
        watch.look();
        watch.look();
    }

    private List<String> names() {
        return watch.get().stream().map(IssuedToken::name).toList();
    }
}
