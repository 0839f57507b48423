package io.foundling.service.departments;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertType;
import io.foundling.audit.SubjectKind;
import io.foundling.service.Page;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.it.rig.DeclarationLine;
import io.foundling.service.it.rig.DeclarationLog;
import io.foundling.service.it.rig.MadeUpDeclarations;
import io.foundling.topology.settings.Policy;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The alerts that the policies of the page give, department by department, are those that a count without a ledger
 * gives. {@code -Dfoundling.departments.input=FILE} reads another log, and prints the table of the page.
 */
class DepartmentAlertsTest {

    private static final String INPUT = "foundling.departments.input";
    private static final Duration MADE_UP_IS_READ_FOR = Duration.ofDays(120);
    private static final Pattern DATE = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\d\\b");
    private static final String ROW = "| %s | %,d | %,d | %,d | %,d | %,d %% | %,d | %,d | %,d |%n";

    private final String input = System.getProperty(INPUT, "");
    private final DeclarationLog log =
            input.isEmpty() ? new DeclarationLog(MadeUpDeclarations.lines()) : DeclarationLog.read(Path.of(input));
    private final Instant begin = at(log.lines().get(0)).minusSeconds(60);
    private final Instant until = input.isEmpty()
            ? begin.plus(MADE_UP_IS_READ_FOR)
            : at(log.lines().get(log.lines().size() - 1)).plusSeconds(1);
    private final Departments departments = Departments.of(log);
    private final String yaml = new Page(Path.of("docs/configuration.md"))
            .code("yaml")
            .filter(block -> block.contains("stage: budget-owner"))
            .findFirst()
            .orElseThrow();
    private final ServiceConfig config = new ConfigReader(Map.of()).read("the block", yaml);

    @Test
    void shouldGiveTheAlertsThatACountWithoutALedgerGives() {
        // Given
        NaiveAlerts naive = new NaiveAlerts(departments, config.ledger().time().allowedLag());
        Set<LocalDate> named = DATE.matcher(yaml)
                .results()
                .map(date -> LocalDate.parse(date.group()))
                .collect(Collectors.toSet());

        // When
        try (ReplayedDepartments replayed =
                new ReplayedDepartments(departments, config.ledgerSettings(1, Set.of()), begin, until)) {

            // Then
            assertThat(replayed.types()).containsOnly(AlertType.ORPHANED, AlertType.STALE_SCOPE);
            for (Policy policy : policies()) {
                String department = policy.match().stage().orElseThrow();
                Set<LocalDate> holidays = department.equals("pre-approver") ? Set.of() : named;
                Collection<Instant> orphaned = replayed.firings(AlertType.ORPHANED, department);
                Collection<Instant> stale = replayed.firings(AlertType.STALE_SCOPE, department);
                assertThat(replayed.warnings(department)).as(department).isEqualTo(naive.orphans(policy, until));
                assertThat(orphaned)
                        .as(department)
                        .isNotEmpty()
                        .zipSatisfy(
                                naive.orphaned(policy, until),
                                (found, expected) ->
                                        assertThat(found).isBetween(expected, expected.plus(ReplayedDepartments.TICK)));
                assertThat(stale)
                        .extracting(each -> LocalDate.ofInstant(each.minus(Duration.ofHours(2)), Departments.ZONE))
                        .as(department)
                        .containsExactlyElementsOf(naive.stale(department, weekdays(department), holidays, until));
                if (!input.isEmpty()) {
                    print(policy, replayed, orphaned, stale);
                }
            }
        }
    }

    private void print(
            Policy policy, ReplayedDepartments replayed, Collection<Instant> orphaned, Collection<Instant> stale) {
        String department = policy.match().stage().orElseThrow();
        long waits = departments.waits().stream()
                .filter(wait -> wait.department().equals(department))
                .count();
        System.out.printf(
                ROW,
                department,
                waits,
                replayed.warnings(department),
                orphaned.size(),
                mostInAWeek(orphaned),
                100
                        * replayed.fired(AlertType.ORPHANED, department, until).toHours()
                        / Duration.between(begin, until).toHours(),
                replayed.records(AlertType.ORPHANED, department).size() - orphaned.size(),
                stale.size(),
                mostInAWeek(stale));
    }

    private List<Policy> policies() {
        return config.ledger().policies().stream()
                .filter(policy -> policy.match().kind().orElseThrow() == SubjectKind.RECORD)
                .filter(policy ->
                        departments.days().containsKey(policy.match().stage().orElseThrow()))
                .toList();
    }

    /** The days of the policies of the page. */
    private static Set<DayOfWeek> weekdays(String department) {
        return switch (department) {
            case "payment-run" -> EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY);
            case "finance" -> EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
            case "pre-approver" -> EnumSet.of(DayOfWeek.FRIDAY);
            default -> EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        };
    }

    private static long mostInAWeek(Collection<Instant> firings) {
        Map<String, Long> weeks = new HashMap<>();
        for (Instant each : firings) {
            LocalDate day = LocalDate.ofInstant(each, Departments.ZONE);
            weeks.merge(
                    day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                    1L,
                    Long::sum);
        }
        return weeks.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static Instant at(DeclarationLine line) {
        return Instant.ofEpochMilli(line.occurredAtMs());
    }
}
