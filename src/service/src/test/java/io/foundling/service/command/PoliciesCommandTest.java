package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say without a broker. */
class PoliciesCommandTest {

    private static final Map<String, String> NO_BROKER = Map.of(
            "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", "localhost:1",
            "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", "http://localhost:1");

    @TempDir
    private Path directory;

    @Test
    void shouldCheckAFileThatHasPoliciesOnly() throws IOException {
        // Given
        Path file = file("policies: [{name: all, window: 2h}]");

        // When
        CommandRun run = CommandRun.of("policies", "check", file.toString());

        // Then
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEqualToIgnoringNewLines(file + " can be read, with 1 policy, 0 expectations");
    }

    @Test
    void shouldWarnOfWhatNoPolicyCovers() throws IOException {
        // When
        CommandRun run = CommandRun.of(
                "policies",
                "check",
                file("policies: [{name: approval, kind: RECORD, status: DEFERRED, window: 2h}]")
                        .toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("warning: ");
    }

    @Test
    void shouldReportEveryProblemWithFileAndKey() throws IOException {
        // Given
        Path file = file("""
                policies:
                  - {name: one, window: soon}
                  - {name: one, status: COMPLETED}
                  - {grace: 5s, colour: red}
                """);

        // When
        CommandRun check = CommandRun.of("policies", "check", file.toString());
        CommandRun test = CommandRun.with(NO_BROKER, "policies", "test", file.toString());

        // Then
        for (CommandRun run : new CommandRun[] {check, test}) {
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains(file.toString(), "policies[].window is 'soon'", "policies[].status", "colour", "name")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        // When
        CommandRun run = CommandRun.of(
                "policies", "check", directory.resolve("none.yaml").toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("none.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--since soon | --since is 'soon', must be a duration ago such as 24h",
                "--since 2h --until 3h | must not be later than --until",
                "--until 2099-01-01T00:00:00Z | must not be later than now",
                "--limit -1 | --limit is -1, must be 0 or more",
                "--output xml | xml"
            })
    void shouldRefuseWrongOptions(String options, String sentence) throws IOException {
        // Given
        String[] arguments = ("policies test " + file("policies: []") + ' ' + options).split(" ");

        // When
        CommandRun run = CommandRun.with(NO_BROKER, arguments);

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(sentence);
    }

    @Test
    void shouldSayThatACommandIsMissing() {
        // When
        CommandRun run = CommandRun.of("policies");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("check or test");
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("new.yaml"), yaml);
    }
}
