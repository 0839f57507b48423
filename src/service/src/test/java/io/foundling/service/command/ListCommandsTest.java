package io.foundling.service.command;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.console.access.Access;
import io.foundling.console.model.table.Tables;
import io.foundling.service.asking.ConsoleRig;
import io.foundling.service.asking.ConsoleStory;
import io.foundling.service.asking.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of a real console: tables, formats, filters and limits. */
class ListCommandsTest {

    private static final int MANY = 2_500;

    @TempDir
    private static Path directory;

    private static ConsoleRig rig;

    @BeforeAll
    static void startConsole() {
        rig = new ConsoleRig(directory, Access.local());
        ConsoleStory.write(rig);
        List<Map.Entry<String, Disposition>> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Disposition each = disposition("many-" + i, Status.COMPLETED);
            many.add(Map.entry(key("many-" + i), each));
        }
        rig.write(Tables.DISPOSITION, many);
    }

    @AfterAll
    static void stopConsole() {
        rig.close();
    }

    private static CommandRun run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FOUNDLING_CONSOLE_URL", rig.url());
        return CommandRun.at(InstantSource.fixed(ConsoleRig.NOW), all, arguments);
    }

    private static String out(String... arguments) {
        CommandRun run = run(Map.of(), arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        return run.out();
    }

    @Test
    void shouldListWhatAwaitsTheOldestFirst() {
        assertThat(out("list", "awaiting")).isEqualTo("""
                STATUS           FOR      DEADLINE  KEY                                      PARENT                                   DETAIL
                OPEN         3 d 7 h             -  batch/university/payment-run/2026-09-01  -                                        -
                PENDING      3 d 7 h   3 d 3 h ago  record/university/declaration/4718       batch/university/payment-run/2026-09-01  the bank
                DEFERRED         3 h             -  record/billing/invoice/a%20b%2F9         -                                        a text that is so long that a terminal of usual width has no place for all of it
                EXPECTED         3 h             -  scope/university/declarations/daily      -                                        -
                DEFERRED  2 h 59 min  in 1 h 1 min  record/university/declaration/4719       batch/university/payment-run/2026-09-01  the bank
                """);
    }

    @Test
    void shouldFitATableToTheTerminal() {
        // When
        CommandRun run = run(Map.of("COLUMNS", "100"), "list", "awaiting");

        // Then
        assertThat(run.out()).isEqualTo("""
                STATUS           FOR      DEADLINE  KEY                                   PARENT        DETAIL
                OPEN         3 d 7 h             -  …h/university/payment-run/2026-09-01  -             -
                PENDING      3 d 7 h   3 d 3 h ago  record/university/declaration/4718    …/2026-09-01  the bank
                DEFERRED         3 h             -  record/billing/invoice/a%20b%2F9      -             a text that…
                EXPECTED         3 h             -  scope/university/declarations/daily   -             -
                DEFERRED  2 h 59 min  in 1 h 1 min  record/university/declaration/4719    …/2026-09-01  the bank
                """);
    }

    /** A terminal obeys what is in the texts of others; a program, or a file, gets them as they are. */
    @Test
    void shouldSendATerminalNoEscapes() throws IOException {
        // Given
        Path file = directory.resolve("escapes.csv");
        try (RawServer server = RawServer.answering(200, "text/csv", "key,detail\r\nk,\u001b[2Jgone\r\n")) {
            Map<String, String> terminal = Map.of("COLUMNS", "100", "FOUNDLING_CONSOLE_URL", server.url());
            Map<String, String> pipe = Map.of("FOUNDLING_CONSOLE_URL", server.url());

            // When
            CommandRun shown = CommandRun.with(terminal, "list", "awaiting", "-o", "csv");
            CommandRun piped = CommandRun.with(pipe, "list", "awaiting", "-o", "csv");
            CommandRun.with(terminal, "list", "awaiting", "--file", file.toString());

            // Then
            assertThat(shown.out().lines()).containsExactly("key,detail", "k, [2Jgone");
            assertThat(piped.out().lines()).containsExactly("key,detail", "k,\u001b[2Jgone");
            assertThat(Files.readAllLines(file)).containsExactly("key,detail", "k,\u001b[2Jgone");
        }
    }

    @Test
    void shouldListOrphansOfThoseWhoOwnThem() {
        assertThat(out("list", "orphans", "--owner", "registry")).isEqualTo("""
                STATUS   ORPHAN FOR  REASON           KEY                                 PARENT                                   RULE                NOTE
                PENDING     3 d 5 h  DEADLINE_PASSED  record/university/declaration/4718  batch/university/payment-run/2026-09-01  policy:bank-answer  -
                """);
        assertThat(out("list", "orphans", "--label", "owner=finance"))
                .contains("record/billing/invoice/a%20b%2F9", "unknown: its source is silent")
                .doesNotContain("university");
        assertThat(out("list", "orphans", "--owner", "finance", "--source", "university"))
                .isEmpty();
        assertThat(run(Map.of(), "list", "orphans", "--owner", "nobody").err()).contains("There are none.");
        assertThat(run(Map.of(), "list", "orphans", "--label", "finance").err())
                .contains("--label is 'finance', must be the name and the value of a label, such as team:finance");
        assertThat(out("list", "awaiting", "--owner", "registry", "--output", "ndjson")
                        .lines())
                .isNotEmpty()
                .allMatch(
                        line -> line.contains("\"owner\":\"registry\"") && line.contains("\"source\":\"university\""));
    }

    @Test
    void shouldListOrphansSinceATime() {
        assertThat(out("list", "orphans", "--since", "2026-11-30T00:00:00Z"))
                .contains("record/billing/invoice/a%20b%2F9")
                .doesNotContain("4718");
        assertThat(out("list", "orphans", "--since", "4d")).contains("4718");
        assertThat(out("list", "orphans", "--since", "1h")).isEmpty();
    }

    @Test
    void shouldListSourcesThatAreSilent() {
        assertThat(out("list", "sources", "--silent")).isEqualTo("""
                SOURCE   SILENT FOR       DELAY  HELD  EVENTS/MIN  CLOCK BEHIND
                billing         3 h  1 min 30 s     3         1.5           3 h
                """);
        assertThat(out("list", "sources", "--output", "csv"))
                .isEqualTo("source,clock,delayMs,held,eventsPerMinute,silent,silentSince" + System.lineSeparator()
                        + "billing,2026-11-30T12:00:00Z,90000,3,1.5,true,2026-11-30T12:00:00Z" + System.lineSeparator()
                        + "university,2026-11-30T12:00:00Z,0,3,1.5,false," + System.lineSeparator());
    }

    @Test
    void shouldListBatchesScopesAndSettlements() {
        assertThat(out("list", "batches")).isEqualTo("""
                STATUS      FOR  ATTEMPT  ANNOUNCED  DEADLINE  KEY
                OPEN    3 d 7 h        1          4         -  batch/university/payment-run/2026-09-01
                """);
        assertThat(out("list", "scopes")).isEqualTo("""
                IS     STALE FOR  STATUS    LAST RUN  ENDED  DUE EVERY  KEY
                FRESH          -  EXPECTED         -  -            7 d  scope/university/declarations/daily
                """);
        assertThat(out("list", "scopes", "--older-than", "1h")).contains("NEVER_RAN");
        assertThat(out("list", "scopes", "--classification", "STUCK")).isEmpty();
        assertThat(out("list", "settlements", "--unsettled")).isEqualTo("""
                OUTCOME    CLOSED  ANNOUNCED  DEFERRED  MOVED  MISSING  UNSEEN  PARENT                                   ATTEMPT  RETURNED
                COMPLETED     3 h          4         3      0        2       1  batch/university/payment-run/2026-09-01        1  COMPLETED 1
                """);
    }

    @Test
    void shouldListWhatWasFound() {
        assertThat(out("list", "alerts", "--source", "university")).isEqualTo("""
                STATUS  TYPE      COUNT  SINCE  OWNER     KEY                              SUMMARY
                FIRING  ORPHANED      1    3 h  registry  orphaned/university/declaration  1 subject of university/declaration is an orphan
                """);
        assertThat(out("list", "violations")).isEqualTo("""
                TYPE      AGE  ATTEMPT  KEY                                 SERVICE    MESSAGE
                TOO_LATE  3 h        1  record/university/declaration/4711  enrolment  too late
                """);
        assertThat(out("list", "dead-letters")).isEqualTo("""
                REASON           AGE  FROM              BYTES  KEY                                 MESSAGE
                WRONG_PARTITION  3 h  audit.events-1@7      2  record/university/declaration/4712  in 1, expected 0
                """);
        assertThat(out("list", "reconciliations", "--status", "FAILED")).isEqualTo("""
                STATUS  RUN DATE    CHECK  SCOPE                                SOURCE  TARGET  DIFFERENT  SOURCE ONLY  TARGET ONLY
                FAILED  2026-11-30  TABLE  scope/university/declarations/daily      10       9          -            -            -
                """);
        assertThat(out("list", "events", "--fact", "Deferred").lines()).hasSize(2);
    }

    @Test
    void shouldListWhatIsMissingFromABatch() {
        // When
        String missing = out("missing", ConsoleStory.RUN_KEY);

        // Then
        assertThat(missing).isEqualTo("""
                STATUS           FOR  ATTEMPT      DEADLINE  KEY                                 DETAIL
                PENDING      3 d 7 h        1   3 d 3 h ago  record/university/declaration/4718  the bank
                DEFERRED  2 h 59 min        1  in 1 h 1 min  record/university/declaration/4719  the bank
                """);
        assertThat(out("list", "members", "--parent", ConsoleStory.RUN_KEY, "--missing"))
                .isEqualTo(missing);
        assertThat(out("list", "members", "--parent", ConsoleStory.RUN_KEY, "--status", "completed")
                        .lines())
                .hasSize(2);
    }

    @Test
    void shouldFollowPagesUpToTheLimit() {
        // Given
        String parent = "batch/university/declaration/b1";

        // When
        CommandRun limited = run(Map.of(), "list", "members", "--parent", parent, "-o", "ndjson", "--limit", "1200");
        CommandRun all = run(Map.of(), "list", "members", "--parent", parent, "-o", "ndjson", "--all");
        CommandRun exact = run(Map.of(), "list", "members", "--parent", parent, "-o", "csv", "--limit", "" + MANY);
        CommandRun some = run(Map.of(), "list", "members", "--parent", parent, "-o", "csv", "--limit", "7");

        // Then
        assertThat(limited.out().lines()).hasSize(1_200).doesNotHaveDuplicates();
        assertThat(limited.err()).contains("There are more than 1200; --limit N or --all lists them.");
        assertThat(all.out().lines()).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(all.err()).isEmpty();
        assertThat(exact.out().lines()).hasSize(1 + MANY);
        assertThat(exact.err()).isEmpty();
        assertThat(some.out().lines()).hasSize(1 + 7);
        assertThat(some.err()).contains("There are more than 7");
    }

    @Test
    void shouldWriteAnArrayAsJson() throws IOException {
        // When
        JsonNode rows = new JsonMapper().readTree(out("list", "orphans", "--output", "json"));
        JsonNode none = new JsonMapper().readTree(out("list", "orphans", "--output", "json", "--source", "x"));

        // Then
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("rule").asText()).isEqualTo("policy:bank-answer");
        assertThat(none.isArray()).isTrue();
        assertThat(none).isEmpty();
    }

    @Test
    void shouldWriteAFileThatIsWholeOrNotThere() throws IOException {
        // Given
        Path file = directory.resolve("trail.csv");
        Path unknown = directory.resolve("unknown.csv");

        // When
        CommandRun trail = run(Map.of(), "trail", "record/university/declaration/4718", "--file", file.toString());
        CommandRun none = run(Map.of(), "trail", "record/university/declaration/none", "--file", unknown.toString());

        // Then
        assertThat(trail.exitCode()).as(trail.err()).isEqualTo(ExitCode.OK);
        assertThat(trail.out()).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(3).first().asString().startsWith("key,writtenAt,place.topic,");
        assertThat(none.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
        assertThat(unknown).doesNotExist();
    }

    /** As the real standard output is: a PrintStream keeps it to itself that nobody reads. */
    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "ndjson", "csv"})
    void shouldEndQuietlyWhenItsReaderHasGone(String format) {
        // Given
        AtomicInteger written = new AtomicInteger();
        PrintStream head = new PrintStream(new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                if (written.incrementAndGet() > 100) {
                    throw new IOException("Broken pipe");
                }
            }
        });
        StringWriter err = new StringWriter();

        // When
        int exitCode = Foundling.commandLineAt(
                        InstantSource.fixed(ConsoleRig.NOW), Map.of("FOUNDLING_CONSOLE_URL", rig.url()))
                .setOut(new PrintWriter(head, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true))
                .execute("list", "members", "--parent", "batch/university/declaration/b1", "--all", "-o", format);

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(written).hasValueLessThan(1_000);
    }

    @Test
    void shouldSayThatAConsoleIsBehind() {
        // When
        CommandRun run = CommandRun.at(
                InstantSource.fixed(NOON.plusSeconds(86_400)),
                Map.of("FOUNDLING_CONSOLE_URL", rig.url()),
                "list",
                "batches");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).contains("The console is 21 h behind its topics");
    }

    @Test
    void shouldNameTheOptionThatTheConsoleRefuses() {
        // When
        CommandRun run = run(Map.of(), "list", "awaiting", "--min-age", "soon", "--status", "bogus");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .startsWith("foundling list awaiting: --status is 'bogus', must be one of EXPECTED, OPEN,")
                .contains("; --min-age is 'soon', must be a duration")
                .hasLineCount(1);
    }
}
