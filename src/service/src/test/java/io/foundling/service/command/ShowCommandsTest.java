package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.console.access.Access;
import io.foundling.service.Page;
import io.foundling.service.asking.ConsoleRig;
import io.foundling.service.asking.ConsoleStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real console knows of one subject, and the questions of the page about asking. */
class ShowCommandsTest {

    private static final String RECORD = "record/university/declaration/4718";

    @TempDir
    private static Path directory;

    private static ConsoleRig rig;

    @BeforeAll
    static void startConsole() {
        rig = new ConsoleRig(directory, Access.local());
        ConsoleStory.write(rig);
    }

    @AfterAll
    static void stopConsole() {
        rig.close();
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.at(
                InstantSource.fixed(ConsoleRig.NOW), Map.of("FOUNDLING_CONSOLE_URL", rig.url() + "/"), arguments);
    }

    @Test
    void shouldShowARecordAtAGlance() {
        assertThat(run("show", RECORD).out()).isEqualTo("""
                record/university/declaration/4718

                status       PENDING for 3 d 7 h, since 2026-11-27T08:00:00Z
                attempt      1
                parent       batch/university/payment-run/2026-09-01
                deadline     2026-11-27T12:00:00Z, 3 d 3 h ago, then 5 min of grace (policy:bank-answer)
                waiting on   the bank
                warning      orphan for 3 d 5 h, since 2026-11-27T10:00:00Z: DEADLINE_PASSED (policy:bank-answer)

                last events
                  OCCURRED              FACT      ATTEMPT  PARENT                                   SERVICE    DETAIL
                  2026-11-27T08:00:00Z  Opened          -  batch/university/payment-run/2026-09-01  enrolment  -
                  2026-11-27T08:00:05Z  Deferred        -  batch/university/payment-run/2026-09-01  enrolment  the bank
                """);
    }

    @Test
    void shouldShowABatchWithItsMembers() {
        assertThat(run("show", ConsoleStory.RUN_KEY).out()).isEqualTo("""
                batch/university/payment-run/2026-09-01

                status       OPEN for 3 d 7 h, since 2026-11-27T08:00:00Z
                attempt      1
                deadline     none
                announced    4
                warning      none
                members      3: COMPLETED 1, DEFERRED 1, PENDING 1
                settlement   attempt 1 closed 3 h ago as COMPLETED: deferred 3, returned COMPLETED 1, moved 0, missing 2, unseen 1

                missing
                  STATUS           FOR  ATTEMPT      DEADLINE  KEY                                 DETAIL
                  PENDING      3 d 7 h        1   3 d 3 h ago  record/university/declaration/4718  the bank
                  DEFERRED  2 h 59 min        1  in 1 h 1 min  record/university/declaration/4719  the bank

                last events
                  none: the trail does not reach back that far
                """);
    }

    @Test
    void shouldShowASubjectWhoseKeyIsEncoded() {
        assertThat(run("show", "record/billing/invoice/a%20b%2f9").out())
                .startsWith("record/billing/invoice/a%20b%2F9\n")
                .contains("unknown, as its source is silent");
    }

    @Test
    void shouldShowAndExplainAsJson() throws IOException {
        assertThat(new JsonMapper()
                        .readTree(run("show", RECORD, "-o", "json").out())
                        .at("/disposition/status")
                        .asText())
                .isEqualTo("PENDING");
        assertThat(new JsonMapper()
                        .readTree(run("explain", RECORD, "-o", "json").out())
                        .at("/sections/0/title")
                        .asText())
                .isEqualTo("Status");
    }

    @Test
    void shouldExplainASubject() {
        assertThat(run("explain", RECORD).out())
                .startsWith(RECORD + System.lineSeparator())
                .contains("window of policy 'bank-answer', 4 h = 2026-11-27T12:00:00Z", "[T1, T2]");
    }

    @Test
    void shouldSayThatNothingIsKnownOfAKey() {
        for (String command : new String[] {"show", "explain", "trail"}) {
            CommandRun run = run(command, "record/university/declaration/none");
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .isEqualTo("foundling " + command + ": Nothing is known of the subject"
                            + " record/university/declaration/none; keys are as foundling list shows them, such as"
                            + " record/university/declaration/4711" + System.lineSeparator());
        }
        assertThat(run("missing", "batch/university/payment-run/none").exitCode())
                .isEqualTo(ExitCode.UNKNOWN);
    }

    /** Each daily question is one command, which a console answers. */
    @ParameterizedTest
    @MethodSource("questionsOfThePage")
    void shouldAnswerTheQuestionsOfThePage(String question) throws IOException {
        // Given
        Path file = directory.resolve("4718.csv");
        String[] words = question.replace("4718.csv", file.toString()).split(" ");

        // When
        CommandRun run = run(Arrays.copyOfRange(words, 1, words.length));

        // Then
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(question.contains("--file") ? Files.readString(file) : run.out() + run.err())
                .isNotBlank();
    }

    static List<String> questionsOfThePage() {
        List<String> questions = new Page(Path.of("docs/asking.md"))
                .blocks().stream()
                        .filter(block -> block.language().equals("sh"))
                        .limit(1)
                        .flatMap(Page.Block::commands)
                        .toList();
        assertThat(questions).hasSize(7).allMatch(line -> line.startsWith("./foundling "));
        return questions;
    }
}
