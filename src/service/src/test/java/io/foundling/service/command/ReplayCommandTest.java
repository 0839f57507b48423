package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

    private static final String EXAMPLE = "../../deploy/examples/domestic-declarations.mapping.yaml";
    private static final String PAID =
            "{\"case\":\"d1\",\"step\":\"s2\",\"activity\":\"Payment Handled\",\"timestamp\":\"2017-01-09T09:49:50Z\"}";
    private static final String HANDED_IN =
            "{\"case\":\"d1\",\"step\":\"s1\",\"activity\":\"Declaration SUBMITTED by X\",\"timestamp\":\"2017-01-02T09:49:50Z\"}";

    @TempDir
    private Path directory;

    @Test
    void shouldCountBodiesWhenAllLinesAreGood() throws IOException {
        // Given
        Path input = input(HANDED_IN, PAID);

        // When
        CommandRun run = dryRun(input);

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .isEqualToIgnoringNewLines(
                        "lines 2, events sent 2 (Completed 1, Deferred 1), ignored 0, skipped 0, failed 0");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldTellEachBadLineAndLoseNothingAroundIt() throws IOException {
        // Given
        Path input =
                input("\ufeff" + HANDED_IN, "{\"case\":", "", "  ", PAID.replace("Payment", "Postage"), PAID + "\r");

        // When
        CommandRun run = dryRun(input);
        CommandRun strict = dryRun(input, "--strict");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("lines 6, events sent 2", "skipped 2");
        assertThat(run.err())
                .contains("line 2 is no valid JSON", "line 5 has 'Postage Handled' in field 'activity'")
                .hasLineCount(2);
        assertThat(strict.exitCode()).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(strict.out()).isEqualTo(run.out());
    }

    @Test
    void shouldGiveEveryLineTheTimestampAndHeadersOfTheCommandLine() throws IOException {
        // Given
        Path mapping = directory.resolve("batch.mapping.yaml");
        Files.writeString(mapping, """
                subject: {kind: RECORD, source: s, stage: t, id: {field: id}}
                parent: {kind: BATCH, source: {header: system}, stage: t, id: {header: batch}}
                time: {record: timestamp}
                eventId: [id, {header: batch}]
                facts: {rules: [{body: Pending}]}
                """);
        Path input = input("{\"id\":1}", "{\"id\":2}");

        // When
        CommandRun without = CommandRun.of(
                "replay", "--dry-run", "--mapping", mapping.toString(), "--input", input.toString(), "--header", "a=b");
        CommandRun with = CommandRun.of(
                "replay",
                "--dry-run",
                "--mapping",
                mapping.toString(),
                "--input",
                input.toString(),
                "--timestamp",
                "2026-01-31T12:00:00Z",
                "--header",
                "batch=b=1",
                "--header",
                "system=s");
        CommandRun wrong = CommandRun.of(
                "replay",
                "--dry-run",
                "--mapping",
                mapping.toString(),
                "--input",
                input.toString(),
                "--timestamp",
                "tomorrow");

        // Then
        assertThat(without.err())
                .startsWith("line 1 has no timestamp, which lines of a file have only by the option --timestamp"
                        + " (rule facts.rules[0]); skipped");
        assertThat(with.err()).isEmpty();
        assertThat(with.out()).contains("lines 2, events sent 2 (Pending 2), ignored 0, skipped 0");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err())
                .startsWith("foundling replay: --timestamp is 'tomorrow', must be a time such as 2026-01-31T12:00:00Z");
    }

    @Test
    void shouldLeaveOutALineThatIsTooLong() throws IOException {
        // Given
        Path input = input(HANDED_IN, "{\"case\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}", PAID);

        // When
        CommandRun run = dryRun(input);

        // Then
        assertThat(run.out()).contains("lines 3, events sent 2", "skipped 1");
        assertThat(run.err()).contains("line 2 is longer than 4194304 bytes");
    }

    @Test
    void shouldKnowGzipByItsFirstBytesAndSayWhenItIsCutShort() throws IOException {
        // Given
        Path whole = directory.resolve("whole");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(whole))) {
            gzip.write((HANDED_IN + "\n" + PAID).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 12));

        // When
        CommandRun full = dryRun(whole);
        CommandRun shortened = dryRun(cut);

        // Then
        assertThat(full.out()).contains("lines 2, events sent 2");
        assertThat(shortened.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(shortened.err()).contains("the input cannot be read after line 1");
        assertThat(shortened.out()).contains("lines 1, events sent 1");
    }

    @Test
    void shouldSayWhichFileIsMissingOrWrong() throws IOException {
        // Given
        Path input = input(PAID);
        Path mapping = Files.writeString(directory.resolve("m.yaml"), "subjects: {}\n");

        // When
        CommandRun noMapping =
                CommandRun.of("replay", "--dry-run", "--mapping", "none.yaml", "--input", input.toString());
        CommandRun wrongMapping =
                CommandRun.of("replay", "--dry-run", "--mapping", mapping.toString(), "--input", input.toString());
        CommandRun noInput = dryRun(Path.of("none.jsonl"));

        // Then
        assertThat(List.of(noMapping, wrongMapping, noInput))
                .extracting(CommandRun::exitCode)
                .containsOnly(ExitCode.USAGE);
        assertThat(noMapping.err()).contains("mapping none.yaml does not exist");
        assertThat(wrongMapping.err())
                .contains("mapping m.yaml cannot be used", "line 1: unknown key 'subjects'", "needs a key 'facts'");
        assertThat(noInput.err()).contains("input none.jsonl cannot be read: there is no such file");
    }

    private Path input(String... lines) throws IOException {
        return Files.writeString(directory.resolve("input.jsonl"), String.join("\n", lines) + "\n");
    }

    private static CommandRun dryRun(Path input, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("replay", "--dry-run", "--mapping", EXAMPLE, "--input", input.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
