package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Exit codes and sentences of everything that goes wrong before a broker answers. */
class FoundlingTest {

    private static final String[] NO_CONFIGURATION = {"topics", "check"};

    @Test
    void shouldExplainAndReturnTwoWhenTheCommandLineIsWrong() {
        assertUsage("a command is missing");
        assertUsage("Unmatched argument at index 0: 'bogus'", "bogus");
        assertUsage("Unmatched argument at index 0: 'demo'", "demo");
        assertUsage("a command is missing: apply or check", "topics");
        assertUsage("Missing required options: '--mapping=FILE', '--input=FILE'", "replay");
        assertUsage("--rate is 0, must be 1 or more", "replay", "--mapping", "m", "--input", "i", "--rate", "0");
        assertUsage(
                "'soon' must be a duration from 0s to 36500d, written like 500ms, 5s, 1m, 6h, 14d or PT5S",
                "replay",
                "--mapping",
                "m",
                "--input",
                "i",
                "--pause-for",
                "soon");
        assertUsage("--partitions is -1, must be 1 or more", "topics", "apply", "--partitions", "-1");
        assertUsage("'4711' must be kind/source/stage/id, such as record/university/declaration/4711", "show", "4711");
        assertUsage("'recrod/a/b/c' begins with no kind", "explain", "recrod/a/b/c");
        assertUsage("did you mean 'record'?", "explain", "recrod/a/b/c");
        assertUsage("has 5 parts, must have four", "trail", "record/a/b/c/d");
        assertUsage("a slash within a part is written as %2F", "trail", "record/a/b/c/d");
        assertUsage("has a percent sign that encodes nothing", "missing", "batch/a/b/%zz");
        assertUsage("a list is missing: awaiting, orphans, batches,", "list");
        assertUsage("--limit is 0, must be 1 or more", "list", "awaiting", "--limit", "0");
        assertUsage("--all and --limit are both given", "list", "awaiting", "--limit", "5", "--all");
        assertUsage("--since is 'soon', must be a duration ago", "list", "orphans", "--since", "soon");
        assertUsage("--status is 'DEFERED', must be one of", "tail", "events", "--status", "DEFERED");
        assertUsage("did you mean 'DEFERRED'?", "tail", "events", "--status", "DEFERED");
        assertUsage("must be left out: clocks have no status", "tail", "clocks", "--status", "OPEN");
        assertUsage(
                "TOPIC is 'orphan', must be one of events, dispositions, orphans, closures, expectations, settlements, alerts,"
                        + " deliveries, clocks, reconciliations, violations, dead-letters",
                "tail",
                "orphan");
    }

    @Test
    void shouldListAllProblemsWhenTheConfigurationIsIncomplete() {
        // When
        CommandRun run = CommandRun.of(NO_CONFIGURATION);

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("no --config, no FOUNDLING_CONFIG", "kafka.bootstrap.servers", "avro.schema.registry.url")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldTakeTheFileThatTheEnvironmentNames(@TempDir Path directory) throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("foundling.yaml"), "colour: red\n");

        // When
        CommandRun run = CommandRun.with(Map.of("FOUNDLING_CONFIG", file.toString()), NO_CONFIGURATION);

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(file.toString(), "colour");
    }

    @Test
    @Timeout(30)
    void shouldSayWithinSecondsThatNoBrokerAnswers() throws IOException {
        // Given
        String address = "127.0.0.1:" + unusedPort();
        long start = System.nanoTime();

        // When
        CommandRun run = check(address);

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err())
                .startsWith("foundling topics check: no broker answered at " + address + " within 10 s")
                .hasLineCount(1);
    }

    @Test
    void shouldNameTheHostThatCannotBeResolved() {
        // When
        CommandRun run = check("nohost.invalid:9092");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err())
                .contains("no host name in kafka.bootstrap.servers can be resolved: nohost.invalid:9092")
                .hasLineCount(1);
    }

    @Test
    void shouldReturnTwoWhenAKafkaSettingCannotBeUsed() {
        // When
        CommandRun run = CommandRun.with(
                Map.of("FOUNDLING_KAFKA_SECURITY_PROTOCOL", "SASL"),
                "topics",
                "check",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--schema-registry-url",
                "mock://none");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("the Kafka settings cannot be used", "security.protocol")
                .hasLineCount(1);
    }

    @Test
    void shouldDescribeCommandsAndExitCodesOnRequest() {
        // When
        CommandRun run = CommandRun.of("--help");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("serve", "topics", "replay", "tail", "Exit codes:")
                .doesNotContain("demo");
    }

    @Test
    void shouldGiveExamplesOfEachCommandThatItUnderstands() {
        // When
        List<CommandLine> commands =
                all(Foundling.commandLine(Map.of())).skip(1).toList();

        // Then
        assertThat(commands).hasSizeGreaterThan(30).allSatisfy(command -> {
            List<String> examples = Stream.of(
                            command.getCommandSpec().usageMessage().footer())
                    .map(String::strip)
                    .filter(line -> line.startsWith("foundling "))
                    .toList();
            assertThat(examples).as(command.getCommandSpec().qualifiedName()).isNotEmpty();
            examples.forEach(example -> Foundling.commandLine(Map.of())
                    .parseArgs(example.substring("foundling ".length()).split(" ")));
        });
    }

    @Test
    void shouldPrintItsVersion() {
        // When
        CommandRun run = CommandRun.of("version");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).matches("foundling \\S+\\Rjava \\S+\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void shouldCompleteCommandsOptionsAndWordsInAShell(String shell) {
        // When
        CommandRun run = CommandRun.of("completion", shell);

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains(
                        "awaiting", "orphans", "explain", "dead-letters", "--min-age", "PARENT_CLOSED", "--token-file")
                .contains("bashcompinit", "complete -F _complete_foundling");
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(FoundlingTest::all));
    }

    private static CommandRun check(String address) {
        return CommandRun.of("topics", "check", "--bootstrap-servers", address, "--schema-registry-url", "mock://none");
    }

    private static void assertUsage(String sentence, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(sentence, "--help").doesNotContain("\tat ");
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
