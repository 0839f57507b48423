package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.asking.ScriptedConsole;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Acts that end otherwise than at once and as a whole. */
@Timeout(60)
class FollowedActsTest {

    private static final String ID = "7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10";
    private static final String[] CANCEL = {"act", "cancel", "--source", "a", "--reason", "x", "--id", ID};
    private static final String PROPOSED = act("PROPOSED", "null");
    private static final String RUNNING = act("RUNNING", "null");
    private static final String DONE = act("DONE", "\"2026-11-30T12:00:00Z\"");

    private ScriptedConsole console;

    @BeforeEach
    void start() throws Exception {
        console = new ScriptedConsole();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private static String act(String state, String endedAt) {
        return "{\"id\": \"another\", \"state\": \"" + state + "\", \"act\": \"can\\u001bcel\", \"counted\": 3,"
                + " \"sample\": [\"k\\u001b\"], \"done\": 1, \"skipped\": 0, \"failed\": 0, \"left\": 2, \"endedAt\": "
                + endedAt + ", \"problem\": null}";
    }

    private CommandRun run(String... more) {
        return CommandRun.with(
                Map.of("FOUNDLING_CONSOLE_URL", console.url()),
                Stream.of(CANCEL, more).flatMap(Stream::of).toArray(String[]::new));
    }

    /** A question whose answer is no would stop it, and say that nothing was done. */
    @Test
    void shouldFollowAnActThatWasConfirmedBefore() {
        // Given
        console.then(RUNNING).then(DONE);

        // When
        CommandRun run = run();

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("this act was confirmed before; it goes on");
        assertThat(run.out()).startsWith("done: 1 recorded");
        assertThat(console.requests()).hasSize(2).last().isEqualTo("GET /api/v1/acts/" + ID);
    }

    @Test
    void shouldNotTakeAStoppedActForAWholeOne() {
        // Given
        console.then(PROPOSED).then(RUNNING).then(act("STOPPED", "\"2026-11-30T12:00:00Z\""));

        // When
        CommandRun run = run("--yes");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.out()).startsWith("stopped: 1 recorded");
    }

    @Test
    void shouldAskAgainWhenSomeQuestionsAreNotAnswered() {
        // Given
        console.then(PROPOSED).then(RUNNING).thenProblem(503).thenProblem(503).then(DONE);

        // When
        CommandRun run = run("--yes");

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("not now; the command asks again");
    }

    @Test
    void shouldNotAskForEver() {
        // Given
        console.then(PROPOSED).then(RUNNING).thenProblem(503);

        // When
        CommandRun run = run("--yes");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err()).contains("repeat it with --id " + ID);
        assertThat(console.requests()).hasSize(2 + 5);
    }

    @Test
    void shouldNameTheIdWhenNobodyKnowsWhetherTheActHasBegun() {
        // Given
        console.then(PROPOSED).thenNothing();

        // When
        CommandRun run = run("--yes");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err()).contains("; the act may have begun: repeat it with --id " + ID);
    }

    @Test
    void shouldNameTheIdWhenNobodyKnowsWhetherAnActIsRecorded() {
        // Given
        console.thenNothing();

        // When
        CommandRun run = CommandRun.with(
                Map.of("FOUNDLING_CONSOLE_URL", console.url()), "act", "cancel", "record/a/b/1", "--reason", "x");

        // Then
        Matcher sent = Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(console.requests().get(0));
        assertThat(sent.find()).isTrue();
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err())
                .contains("; it may have been recorded: repeat it with --id " + sent.group(1))
                .hasLineCount(1);
    }

    @Test
    void shouldNotSayThatWhatWasRefusedMayBeRecorded() {
        // Given
        console.thenProblem(403);

        // When
        CommandRun run = CommandRun.with(
                Map.of("FOUNDLING_CONSOLE_URL", console.url()), "act", "cancel", "record/a/b/1", "--reason", "x");

        // Then
        assertThat(run.err()).contains("does not allow this: not now").doesNotContain("may have been");
    }

    /** The texts, and the id, are of whatever answers. */
    @Test
    void shouldSendATerminalNoEscapes() {
        // Given
        console.then(PROPOSED).then(RUNNING).then(DONE);

        // When
        CommandRun run = run("--yes");

        // Then
        assertThat(run.out() + run.err())
                .contains("can cel is for 3 subjects, such as k ")
                .doesNotContain("\u001b");
        assertThat(console.requests().get(1)).contains(ID).doesNotContain("another");
    }
}
