package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the poller of LLM batches does with answers that are cut off, large, missing or unknown. */
class PollFailuresTest {

    private static final String SUCCESS = "{\"custom_id\": \"%s\", \"response\": {\"status_code\": 200}}\n";

    private final FakeHttp provider = new FakeHttp()
            .answering("/v1/batches?limit=100", ProviderAnswers.openai("completed"))
            .answering("/v1/files/in/content", "{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n")
            .answering("/v1/files/out/content", SUCCESS.formatted("a") + SUCCESS.formatted("b"))
            .answering("/v1/files/err/content", "")
            .answering("/v1/messages/batches?limit=100", ProviderAnswers.anthropic());

    private final FakeHttp intake = new FakeHttp();

    @TempDir
    private Path directory;

    @BeforeEach
    void requirePython() {
        assumeTrue(Files.isExecutable(Path.of(ExampleRun.PYTHON)), "there is no " + ExampleRun.PYTHON);
    }

    @AfterEach
    void close() {
        provider.close();
        intake.close();
    }

    @Test
    void shouldNotTakeAFileForWholeWhoseConnectionBreaksAfterALine() {
        // Given
        int line = SUCCESS.formatted("a").length();
        provider.breaking("/v1/files/out/content", line);
        ExampleRun broken = poll("OPENAI");
        List<String> early = intake.received();
        provider.breaking("/v1/files/out/content", Integer.MAX_VALUE);

        // When
        ExampleRun again = poll("OPENAI");

        // Then
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.errors())
                .singleElement()
                .asString()
                .contains("batch_1", "the connection broke " + line + " bytes before the end");
        assertThat(early).noneMatch(lot -> lot.contains("\"Completed\""));
        assertThat(again.errors()).isEmpty();
        assertThat(again.output()).containsExactly("6 events reported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Transfer-Encoding: chunked | 2;a,;2;b,; | IncompleteRead",
                "Transfer-Encoding: chunked | 2;a,;4;b,  | IncompleteRead",
                "Transfer-Encoding: chunked | 3;a,b;1;,;0;; | [b'a', b'b', b'']",
                "Content-Length: 6          | a,b,       | ConnectionError",
                "Content-Length: 6          | a,b        | ConnectionError",
                "Content-Length: 4          | a,b,       | [b'a', b'b', b'']",
                "Content-Length: 3          | a,b        | [b'a', b'b']"
            })
    void shouldReadTheLinesOfWholeAnswersOnly(String header, String sent, String read) {
        // Given: a server that sends this, and closes the connection
        String body = sent.strip().replace(",", "\\n").replace(";", "\\r\\n");
        String program = """
                import socket, sys, threading
                sys.path.insert(0, 'python')
                import http_calls
                server = socket.create_server(("127.0.0.1", 0))
                def answer():
                    connection = server.accept()[0]
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\\r\\n%s\\r\\n\\r\\n%s")
                    connection.close()
                threading.Thread(target=answer, daemon=True).start()
                try:
                    print(list(http_calls.call.lines(f"http://127.0.0.1:{server.getsockname()[1]}", {})))
                except Exception as failure:
                    print(type(failure).__name__)
                """.formatted(header, body);

        // When
        ExampleRun run = ExampleRun.python(Map.of("NO_PROXY", "127.0.0.1"), "-c", program);

        // Then
        assertThat(run.output()).as(run.toString()).containsExactly(read);
    }

    @Test
    void shouldNotKeepAFileInMemory() {
        // Given: 16 MB, of which the ids are kept
        provider.answering(
                "/v1/files/in/content",
                "{\"custom_id\": \"%s\"}\n".formatted("a".repeat(8_000)).repeat(2_000));
        String program =
                "import sys, tracemalloc\nsys.path.insert(0, 'python')\nimport poll_batches\ntracemalloc.start()\n"
                        + "kept = poll_batches.lines(sys.argv[1], {}, lambda line: line['custom_id'][0])\n"
                        + "print(len(kept), tracemalloc.get_traced_memory()[1] < 2_000_000)";

        // When
        ExampleRun run = ExampleRun.python(
                Map.of("NO_PROXY", "127.0.0.1"), "-c", program, provider.url() + "/v1/files/in/content");

        // Then
        assertThat(run.output()).as(run.toString()).containsExactly("2000 True");
    }

    @ParameterizedTest
    @CsvSource({
        "completed, completed_at, 'completed', but the time of its end is missing",
        "paused, paused_at, its status 'paused' is not known"
    })
    void shouldNotTakeABatchOfOpenaiForReportedWhoseEndIsNotClear(String status, String time, String problem) {
        // Given
        provider.answering(
                "/v1/batches?limit=100", ProviderAnswers.openai(status).replace("\"completed_at\"", "\"other_at\""));

        // When
        ExampleRun run = poll("OPENAI");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("batch_1", problem);
        assertThat(directory.resolve("state")).hasContent("batch_0 failed");
        assertThat(intake.received()).anyMatch(lot -> lot.contains("batch_1/a"));
    }

    @ParameterizedTest
    @CsvSource({
        "\"ended\", \"paused\", its status 'paused' is not known",
        "\"ended_at\", \"other_at\", the time of its end is missing"
    })
    void shouldNotTakeABatchOfAnthropicForReportedWhoseEndIsNotClear(String text, String other, String problem) {
        // Given
        provider.answering(
                "/v1/messages/batches?limit=100", ProviderAnswers.anthropic().replace(text, other));

        // When
        ExampleRun run = poll("ANTHROPIC");

        // Then
        assertThat(run.errors()).singleElement().asString().contains("msgbatch_1", problem);
        assertThat(directory.resolve("state")).hasContent("");
    }

    @Test
    void shouldNotEndABatchOfAnthropicWhoseResultsAreGone() {
        // When
        ExampleRun run = poll("ANTHROPIC");

        // Then
        assertThat(run.errors())
                .singleElement()
                .asString()
                .contains("msgbatch_1", "was deleted before they were reported");
        assertThat(intake.received()).singleElement().asString().doesNotContain("\"Completed\"");
        assertThat(directory.resolve("state")).hasContent("");
    }

    @Test
    void shouldEndABatchOfAnthropicThatHadNoRequests() {
        // Given
        provider.answering(
                "/v1/messages/batches?limit=100", ProviderAnswers.anthropic().replaceAll("ed\": 1", "ed\": 0"));

        // When
        ExampleRun run = poll("ANTHROPIC");

        // Then
        assertThat(run.errors()).isEmpty();
        assertThat(intake.received()).singleElement().asString().contains("\"Completed\"");
    }

    private ExampleRun poll(String of) {
        return ExampleRun.python(
                Map.of(
                        of + "_URL",
                        provider.url(),
                        of + "_API_KEY",
                        "sesame",
                        "INTAKE_URL",
                        intake.url(),
                        "POLL_STATE",
                        directory.resolve("state").toString(),
                        "NO_PROXY",
                        "127.0.0.1"),
                "python/poll_batches.py");
    }
}
