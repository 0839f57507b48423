package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the poller of LLM batches leaves out, and how long it waits for servers that are busy. */
class PollStateTest {

    private final FakeHttp openai = new FakeHttp()
            .answering("/v1/batches?limit=100", ProviderAnswers.openai("in_progress"))
            .answering("/v1/files/in/content", "{\"custom_id\": \"a\"}\n")
            .answering("/v1/files/out/content", "{\"custom_id\": \"a\", \"response\": {\"status_code\": 200}}\n")
            .answering("/v1/files/err/content", "");

    private final FakeHttp intake = new FakeHttp();

    @TempDir
    private Path directory;

    @BeforeEach
    void requirePython() {
        assumeTrue(Files.isExecutable(Path.of(ExampleRun.PYTHON)), "there is no " + ExampleRun.PYTHON);
    }

    @AfterEach
    void close() {
        openai.close();
        intake.close();
    }

    @Test
    void shouldReportABatchOnceForEachStatus() {
        // When
        ExampleRun first = poll(directory.resolve("state"));
        ExampleRun again = poll(directory.resolve("state"));
        openai.answering("/v1/batches?limit=100", ProviderAnswers.openai("completed"));
        ExampleRun ended = poll(directory.resolve("state"));
        ExampleRun atLast = poll(directory.resolve("state"));

        // Then
        assertThat(first.output()).containsExactly("4 events reported");
        assertThat(again.output()).containsExactly("0 events reported");
        assertThat(ended.output()).containsExactly("4 events reported");
        assertThat(atLast.output()).containsExactly("0 events reported");
        assertThat(directory.resolve("state")).hasContent("batch_1 in_progress\nbatch_0 failed\nbatch_1 completed");
    }

    @Test
    void shouldReportABatchAgainThatWasNotReportedWhole() {
        // Given
        openai.answering("/v1/batches?limit=100", ProviderAnswers.openai("completed"))
                .failing("/v1/files/out/content", 500);
        ExampleRun failed = poll(directory.resolve("state"));
        openai.failing("/v1/files/out/content", 200);
        intake.refuseWith("batch_1/a\"");
        ExampleRun refused = poll(directory.resolve("state"));
        intake.refuseWith("");

        // When
        ExampleRun again = poll(directory.resolve("state"));

        // Then
        assertThat(failed.errors()).singleElement().asString().contains("batch_1", "500");
        assertThat(refused.errors()).singleElement().asString().contains("batch_1: refused");
        assertThat(again.output()).containsExactly("4 events reported");
        assertThat(again.errors()).isEmpty();
    }

    @Test
    void shouldNameTheSettingWhenItsFileCannotBeWritten() {
        // When
        ExampleRun run = poll(directory);

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .contains("POLL_STATE must be a file that can be read and written", directory.toString());
    }

    @Test
    void shouldAddUpThePausesThatServersAskFor() {
        // Given: a server that asks for more of them, in a process whose sleep takes no time
        intake.refuseFirst(5);
        String program = "import sys\nsys.path.insert(0, 'python')\nimport http_calls\nslept = []\n"
                + "http_calls.time.sleep = slept.append\n"
                + "try:\n    http_calls.Calls(pauses=3)(sys.argv[1], {}, b'event')\n"
                + "except http_calls.Refused as refused:\n    print(slept, refused.status)\n";

        // When
        ExampleRun run = ExampleRun.python(Map.of("NO_PROXY", "127.0.0.1"), "-c", program, intake.url());

        // Then
        assertThat(run.output()).as(run.toString()).containsExactly("[1, 1, 1] 429");
        assertThat(intake.received()).hasSize(4);
    }

    private ExampleRun poll(Path state) {
        return ExampleRun.python(
                Map.of(
                        "OPENAI_URL", openai.url(),
                        "OPENAI_API_KEY", "sesame",
                        "INTAKE_URL", intake.url(),
                        "POLL_STATE", state.toString(),
                        "NO_PROXY", "127.0.0.1"),
                "python/poll_batches.py");
    }
}
