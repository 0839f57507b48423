package io.foundling.console.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTextTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");

    private static final TrialReport REPORT = new TrialReport(
            new Window(SINCE, SINCE.plus(Duration.ofDays(7))),
            new Coverage(Optional.of(SINCE.minus(Duration.ofDays(20))), 12_345, 4_000),
            List.of(
                    new StageChanges("university", "declaration", 1_200, 1_310, 120, 10, 2, 0),
                    new StageChanges("library", "loan", 3, 3, 0, 0, 0, 1)),
            List.of(
                    new ChangedWarning(
                            new WarningId("record/university/declaration/d1", 1, Status.DEFERRED, 0),
                            Change.ADDED,
                            Optional.empty(),
                            Optional.of(warning("policy:approval", 1, WarningEnd.RECOVERED))),
                    new ChangedWarning(
                            new WarningId("record/university/declaration/d2", 2, Status.OPEN, 3),
                            Change.EARLIER,
                            Optional.of(warning("closure", 30, WarningEnd.ACTIVE)),
                            Optional.of(warning("policy:approval", 2, WarningEnd.ACTIVE))),
                    new ChangedWarning(
                            new WarningId("record/university/declaration/a,\"b", 1, Status.PENDING, 0),
                            Change.REMOVED,
                            Optional.of(warning("dueAt", 3, WarningEnd.WITHDRAWN)),
                            Optional.empty())),
            List.of(
                    new ChangedAlert(
                            "orphaned/university/declaration",
                            Optional.of(new AlertFirings(1, Duration.ofMinutes(42), 2, Map.of("severity", "warning"))),
                            Optional.of(new AlertFirings(
                                    3, Duration.ofHours(30), 1_120, Map.of("severity", "page", "team", "x")))),
                    new ChangedAlert(
                            "stale_scope/library/loan",
                            Optional.empty(),
                            Optional.of(new AlertFirings(1, Duration.ofDays(3), 1, Map.of())))),
            new TrialReport.Reminders(0, 7));

    @Test
    void shouldSayToPeopleWhatChanges() {
        assertThat(new TrialText(2).of(REPORT, "changed 'approval'", List.of("One.", "Two.")))
                .isEqualTo("""
                        policies: changed 'approval'
                        window:   2026-11-23T12:00:00Z to 2026-11-30T12:00:00Z
                        trail:    since 2026-11-03T12:00:00Z, 12,345 events before the window, 4,000 in it

                        source      stage        before  after  added  removed  earlier  later
                        university  declaration   1,200  1,310    120       10        2      0
                        library     loan              3      3      0        0        0      1
                        reminders: 0 before, 7 after

                        change   subject                           attempt  status              limit before          limit after           rule             then
                        ADDED    record/university/declaration/d1  1        DEFERRED            -                     2026-11-23T13:00:00Z  policy:approval  RECOVERED
                        EARLIER  record/university/declaration/d2  2        OPEN (extension 3)  2026-11-24T18:00:00Z  2026-11-23T14:00:00Z  policy:approval  ACTIVE
                        and 1 more; --limit shows more

                        alert                            before                                 after                                       labels that change
                        orphaned/university/declaration  fires once, for 42 min, count up to 2  fires 3 times, for 30 h, count up to 1,120  severity warning -> page, team (none) -> x
                        stale_scope/library/loan         does not fire                          fires once, for 3 d, count up to 1

                        note: One.
                        note: Two.
                        """);
    }

    @Test
    void shouldSayThatNothingChanges() {
        // Given
        TrialReport same = new TrialReport(
                REPORT.window(),
                new Coverage(Optional.empty(), 0, 0),
                List.of(),
                List.of(),
                List.of(),
                new TrialReport.Reminders(0, 0));

        // When
        String text = new TrialText(50).of(same, "the same as those in force", List.of());

        // Then
        assertThat(text)
                .contains("trail:    empty")
                .contains("No warning changes.")
                .contains("No alert changes.");
    }

    @Test
    void shouldShowNamesInOneLineAndDirection() {
        // Given
        TextTable table = new TextTable(1, "source");
        table.add("a\u202Eb\n\u2028c");

        // When
        StringBuilder text = new StringBuilder();
        table.appendTo(text);

        // Then
        assertThat(text).hasToString("source\na b c\n");
    }

    @Test
    void shouldWriteEachChangedWarningAsALine() {
        assertThat(TrialCsv.lines(REPORT))
                .containsExactly(
                        "change,subject,attempt,status,extension,limitBefore,limitAfter,ruleBefore,ruleAfter,"
                                + "emittedBefore,emittedAfter,endBefore,endAfter",
                        "ADDED,record/university/declaration/d1,1,DEFERRED,0,,2026-11-23T13:00:00Z,,policy:approval,,"
                                + "2026-11-23T13:00:05Z,,RECOVERED",
                        "EARLIER,record/university/declaration/d2,2,OPEN,3,2026-11-24T18:00:00Z,2026-11-23T14:00:00Z,"
                                + "closure,policy:approval,2026-11-24T18:00:05Z,2026-11-23T14:00:05Z,ACTIVE,ACTIVE",
                        "REMOVED,\"record/university/declaration/a,\"\"b\",1,PENDING,0,2026-11-23T15:00:00Z,,dueAt,,"
                                + "2026-11-23T15:00:05Z,,WITHDRAWN,");
    }

    /** The name of a policy is a text of somebody else. */
    @Test
    void shouldWriteNoFormulas() {
        // Given
        ChangedWarning formula = new ChangedWarning(
                REPORT.warnings().get(0).id(),
                Change.ADDED,
                Optional.empty(),
                Optional.of(warning("=cmd()", 1, WarningEnd.ACTIVE)));
        TrialReport report = new TrialReport(
                REPORT.window(),
                REPORT.coverage(),
                List.of(),
                List.of(formula),
                List.of(),
                new TrialReport.Reminders(0, 0));

        // When
        List<String> lines = TrialCsv.lines(report).toList();

        // Then
        assertThat(lines.get(1)).contains(",'=cmd(),");
    }

    @Test
    void shouldHoldEverythingInJson() {
        // When
        var json = TrialJson.of(REPORT, "changed 'approval'", List.of("One."));

        // Then
        assertThat(json.toString())
                .contains(
                        "\"policies\":\"changed 'approval'\"",
                        "\"eventsBeforeWindow\":12345",
                        "\"added\":120",
                        "\"change\":\"EARLIER\",\"subject\":\"record/university/declaration/d2\",\"attempt\":2,"
                                + "\"status\":\"OPEN\",\"extension\":3,\"before\":{\"rule\":\"closure\"",
                        "\"changedLabels\":{\"severity\":{\"before\":\"warning\",\"after\":\"page\"}",
                        "\"reminders\":{\"before\":0,\"after\":7}",
                        "\"notes\":[\"One.\"]");
    }

    private static EmittedWarning warning(String rule, int hours, WarningEnd end) {
        Instant limit = SINCE.plus(Duration.ofHours(hours));
        return new EmittedWarning(rule, OrphanReason.values()[0], SINCE, limit, limit.plusSeconds(5), end, false);
    }
}
