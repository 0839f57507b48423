package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.schemas.Certificates;
import io.foundling.service.asking.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One sentence and an exit code for each way not to get an answer from a console. */
@Timeout(60)
class AskingFailuresTest {

    private static final String PROBLEM = "application/problem+json";
    private static final String SECRET = "sesame-of-tokens";

    @TempDir
    private Path directory;

    private static CommandRun list(String url, String... more) {
        return run(Map.of(), url, more);
    }

    private static CommandRun run(Map<String, String> environment, String url, String... more) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FOUNDLING_CONSOLE_URL", url);
        String[] arguments = new String[more.length + 2];
        arguments[0] = "list";
        arguments[1] = "awaiting";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandRun.with(all, arguments);
    }

    private static String problem(int status, String detail) {
        return "{\"type\": \"about:blank\", \"title\": \"x\", \"status\": " + status + ", \"detail\": \"" + detail
                + "\"}";
    }

    private static void assertFails(CommandRun run, int exitCode, String sentence) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err())
                .startsWith("foundling list awaiting: ")
                .contains(sentence)
                .doesNotContain("\tat ", SECRET)
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldSayThatNoConsoleAnswers() throws IOException {
        // Given
        int unused;
        try (ServerSocket socket = RawServer.plain()) {
            unused = socket.getLocalPort();
        }

        // Then
        assertFails(
                list("http://127.0.0.1:" + unused),
                ExitCode.UNAVAILABLE,
                "no console answers at http://127.0.0.1:" + unused + "; start one with foundling console");
        assertFails(list("http://nohost.invalid:1"), ExitCode.UNAVAILABLE, "the name nohost.invalid is unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "401, 3, there is no token",
        "403, 3, does not allow this: because",
        "404, 6, because",
        "400, 2, because",
        "409, 2, because",
        "429, 3, does not answer at present: because; try again in 7 s",
        "500, 3, answered 500: because",
        "503, 3, does not answer at present: because; try again in 7 s"
    })
    void shouldShowTheDetailOfAProblem(int status, int exitCode, String sentence) throws Exception {
        try (RawServer server = RawServer.answering(status, PROBLEM, problem(status, "because"), "Retry-After: 7")) {
            for (String format : List.of("table", "csv")) {
                assertFails(list(server.url(), "--output", format), exitCode, sentence);
            }
        }
    }

    /** Keys are not what is wrong with a list, or with an act of another console. */
    @Test
    void shouldExplainKeysOnlyToThoseWhoGaveOne() throws Exception {
        try (RawServer server = RawServer.answering(404, PROBLEM, problem(404, "because"))) {
            assertThat(list(server.url()).err()).contains("because").doesNotContain("keys are");
        }
    }

    @Test
    void shouldSayWhereTheTokenIsFrom() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("token"), SECRET + "\n");
        try (RawServer server = RawServer.answering(401, PROBLEM, problem(401, "the token has expired"))) {
            // When
            CommandRun byVariable = run(Map.of("FOUNDLING_TOKEN", SECRET), server.url());
            CommandRun byFile = list(server.url(), "--token-file", file.toString());

            // Then
            assertFails(byVariable, ExitCode.UNAVAILABLE, "the token has expired; the token is from FOUNDLING_TOKEN");
            assertFails(byFile, ExitCode.UNAVAILABLE, "the token has expired; the token is from FOUNDLING_TOKEN");
            assertThat(server.requests())
                    .filteredOn(line -> line.equals("Authorization: Bearer " + SECRET))
                    .hasSize(2);
        }
    }

    @Test
    void shouldNotShowATokenThatCannotBeSent() {
        assertFails(
                run(Map.of("FOUNDLING_TOKEN", SECRET + "\nmore"), "http://127.0.0.1:1"),
                ExitCode.USAGE,
                "has a character that a header of HTTP cannot have");
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html>",
        "404, text/plain, nothing here",
        "302, text/html, ''",
        "200, application/json, '[]'"
    })
    void shouldRecognizeThatSomethingElseAnswers(int status, String type, String body) throws Exception {
        try (RawServer server = RawServer.answering(status, type, body, "Location: http://127.0.0.1:1/")) {
            assertFails(list(server.url()), ExitCode.UNAVAILABLE, server.url() + " is not a console of this version");
        }
    }

    @Test
    void shouldRefuseAnAnswerWithoutRows() throws Exception {
        try (RawServer server = RawServer.answering(200, "application/json", "{\"next\": null}")) {
            assertFails(list(server.url()), ExitCode.UNAVAILABLE, "the answer of the console has no rows");
        }
    }

    @Test
    void shouldEndWhenACursorLeadsNowhere() throws Exception {
        try (RawServer server = RawServer.answering(200, "application/json", "{\"rows\": [], \"next\": \"x\"}")) {
            assertThat(list(server.url()).err()).contains("the same page again and again");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nkey\r\n"
            })
    void shouldNotWaitForEver(String beginning) throws Exception {
        try (RawServer server = new RawServer(RawServer.plain(), beginning, true)) {
            String format = beginning.contains("csv") ? "csv" : "json";
            CommandRun run = list(server.url(), "--timeout", "300ms", "--output", format);
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(run.err()).contains("within 300 ms; see --timeout").hasLineCount(1);
        }
    }

    @Test
    void shouldSayThatAnExportBrokeOff() throws Exception {
        // Given
        String broken =
                "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nkey\r\n\r\n";
        Path file = directory.resolve("all.csv");
        try (RawServer server = new RawServer(RawServer.plain(), broken, false)) {
            // When
            CommandRun run = list(server.url(), "--file", file.toString());

            // Then
            assertFails(run, ExitCode.UNAVAILABLE, "broke off: the answer is not complete");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void shouldExplainWhatIsWrongWithTls() throws Exception {
        // Given
        Certificates certificates = Certificates.in(directory);
        Path authority = Files.writeString(directory.resolve("ca.pem"), certificates.pemChain("authority"));
        String page = "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = new RawServer(tls(certificates.keystore("server")), page, false);
                RawServer expired = new RawServer(tls(certificates.keystore("expired")), page, false)) {
            String url = "https://127.0.0.1:" + server.port();

            // Then
            assertFails(list(url), ExitCode.UNAVAILABLE, "is not trusted");
            assertFails(list(url), ExitCode.UNAVAILABLE, "--ca-file");
            assertFails(list(url, "--ca-file", authority.toString()), ExitCode.UNAVAILABLE, "is not a console");
            assertFails(
                    list("https://127.0.0.1:" + expired.port(), "--ca-file", authority.toString()),
                    ExitCode.UNAVAILABLE,
                    "has expired");
            assertFails(list(server.url(), "--timeout", "2s"), ExitCode.UNAVAILABLE, server.url());
        }
    }

    @Test
    void shouldRefuseOptionsThatCannotBeUsed() throws IOException {
        // Given
        Path empty = Files.createFile(directory.resolve("empty"));

        // Then
        assertFails(
                list("console"), ExitCode.USAGE, "FOUNDLING_CONSOLE_URL is 'console', must be an http or https URL");
        assertFails(list("http://a:" + SECRET + "@b"), ExitCode.USAGE, "FOUNDLING_CONSOLE_URL has a user in it");
        assertFails(list("http://a/?x=y"), ExitCode.USAGE, "must end with the address or a path");
        assertFails(list("http://a", "--token-file", empty.toString()), ExitCode.USAGE, "is empty, must have a token");
        assertFails(list("http://a", "--token-file", "/nowhere"), ExitCode.USAGE, "--token-file is /nowhere, which");
        assertFails(list("https://a", "--ca-file", empty.toString()), ExitCode.USAGE, "no usable certificates (PEM)");
        assertFails(list("http://a", "--ca-file", empty.toString()), ExitCode.USAGE, "no usable certificates");
        assertFails(list("http://a", "--timeout", "0"), ExitCode.USAGE, "--timeout is 0s, must be longer");
    }

    @Test
    void shouldTakeTheAddressOfTheConfiguration() throws Exception {
        try (RawServer server = RawServer.answering(403, PROBLEM, problem(403, "found it"))) {
            // Given
            Path file = Files.writeString(directory.resolve("foundling.yaml"), """
                    kafka: {bootstrap.servers: "localhost:9092"}
                    avro: {schema.registry.url: "http://localhost:8081"}
                    console: {url: "%s"}
                    """.formatted(server.url()));

            // Then
            assertThat(CommandRun.with(Map.of("FOUNDLING_CONFIG", file.toString()), "list", "awaiting")
                            .err())
                    .contains("found it");
            assertThat(CommandRun.of("list", "awaiting", "--config", file.toString())
                            .err())
                    .contains("found it");
            assertThat(CommandRun.of("list", "awaiting", "--config", "/nowhere", "--url", server.url())
                            .err())
                    .contains("found it");
        }
    }

    private static ServerSocket tls(Path keystore) throws Exception {
        KeyStore keys = KeyStore.getInstance(keystore.toFile(), Certificates.PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, Certificates.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
