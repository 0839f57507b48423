package io.foundling.service.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.console.policies.Change;
import io.foundling.console.policies.ChangedWarning;
import io.foundling.console.policies.EmittedWarning;
import io.foundling.console.policies.PolicyTrial;
import io.foundling.console.policies.RecordedEvent;
import io.foundling.console.policies.TrialReport;
import io.foundling.console.policies.Window;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.it.rig.DeclarationLine;
import io.foundling.service.it.rig.DeclarationLog;
import io.foundling.service.mapping.MappedRecord;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.MappingReader;
import io.foundling.service.mapping.RecordRejectedException;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Shorter time for approvals, tried on two years of declarations, each event appended when it happened: the changes are
 * those that the lines of the log themselves show.
 */
class DeclarationTrialTest {

    private static final Duration PAYMENT = Duration.ofDays(5);
    private static final Duration APPROVAL = Duration.ofDays(14);
    private static final Duration SHORTER = Duration.ofDays(10);

    private final DeclarationLog log = DeclarationLog.byTime();
    private final Instant begin = at(log.lines().get(0));
    private final Instant until = at(log.lines().get(log.lines().size() - 1)).plusSeconds(61);
    private final NaiveDeclarations naive = new NaiveDeclarations(log);

    @Test
    void shouldShowExactlyWhatTheLinesShow() throws IOException {
        // Given
        Map<String, Long> before = naive.warnings(APPROVAL, PAYMENT, until.toEpochMilli());
        Map<String, Long> after = naive.warnings(SHORTER, PAYMENT, until.toEpochMilli());

        // When
        TrialReport report = trial(new Window(begin, until));

        // Then
        assertThat(changes(report, Change.ADDED))
                .as("added")
                .containsExactlyInAnyOrderElementsOf(without(after, before));
        assertThat(changes(report, Change.REMOVED))
                .as("removed")
                .containsExactlyInAnyOrderElementsOf(without(before, after));
        assertThat(changes(report, Change.EARLIER))
                .as("earlier")
                .containsExactlyInAnyOrderElementsOf(moved(before, after));
        assertThat(changes(report, Change.LATER)).as("later").isEmpty();
        assertThat(limits(report)).as("limits").containsExactlyInAnyOrderEntriesOf(limits(report, after));
        assertThat(report.stages()).singleElement().satisfies(stage -> {
            assertThat(stage.before()).isEqualTo(before.size());
            assertThat(stage.after()).isEqualTo(after.size());
        });
    }

    /** What began before the window counts, and what both emitted before it does not. */
    @Test
    void shouldShowTheWarningsOfAWindow() throws IOException {
        // Given
        Instant since = begin.plus(Duration.ofDays(400)).plus(Duration.ofMinutes(7));
        Instant end = since.plus(Duration.ofDays(60));
        Map<String, Long> before = naive.warnings(APPROVAL, PAYMENT, end.toEpochMilli());
        Map<String, Long> after = naive.warnings(SHORTER, PAYMENT, end.toEpochMilli());
        Set<String> inWindow = new TreeSet<>();
        List.of(before, after)
                .forEach(warnings -> warnings.forEach((id, limit) -> {
                    if (limit >= since.toEpochMilli()) {
                        inWindow.add(id);
                    }
                }));

        // When
        TrialReport report = trial(new Window(since, end));

        // Then
        Set<String> added = without(after, before);
        added.retainAll(inWindow);
        Set<String> moved = moved(before, after);
        moved.retainAll(inWindow);
        assertThat(added).isNotEmpty();
        assertThat(changes(report, Change.ADDED)).isEqualTo(added);
        assertThat(changes(report, Change.EARLIER)).isNotEmpty().isEqualTo(moved);
        assertThat(report.coverage().leadIn()).isPositive();
    }

    private TrialReport trial(Window window) throws IOException {
        return new PolicyTrial(
                        config(APPROVAL).ledgerSettings(1, Set.of()),
                        config(SHORTER).ledger().policySet())
                .run(trail(), window, source -> true);
    }

    private static ServiceConfig config(Duration approval) {
        return new ConfigReader(Map.of()).read("test", """
                kafka: {bootstrap.servers: "none:9092"}
                avro: {schema.registry.url: "http://none"}
                policies:
                  - {name: approval, source: university, stage: declaration, status: DEFERRED, window: %s}
                  - {name: payment-run, source: university, stage: declaration, status: PENDING, window: %s}
                """.formatted(approval, PAYMENT));
    }

    private Iterator<RecordedEvent> trail() throws IOException {
        Mapping mapping = MappingReader.read(Path.of("../../deploy/examples/domestic-declarations.mapping.yaml"));
        List<RecordedEvent> trail = new ArrayList<>();
        for (DeclarationLine line : log.lines()) {
            AuditEvent event = event(mapping, line);
            trail.add(new RecordedEvent(
                    TopicNames.EVENTS,
                    0,
                    trail.size(),
                    line.occurredAtMs(),
                    SubjectKey.of(event.getSubject()).getBytes(UTF_8),
                    event));
        }
        return trail.iterator();
    }

    private static AuditEvent event(Mapping mapping, DeclarationLine line) {
        try {
            return mapping.events(MappedRecord.ofLine(line.text().getBytes(UTF_8)))
                    .get(0);
        } catch (RecordRejectedException rejected) {
            throw new IllegalArgumentException(line.text(), rejected);
        }
    }

    private static Instant at(DeclarationLine line) {
        return Instant.ofEpochMilli(line.occurredAtMs());
    }

    private static Set<String> changes(TrialReport report, Change change) {
        Set<String> found = new TreeSet<>();
        report.warnings().stream().filter(each -> each.change() == change).forEach(each -> found.add(id(each)));
        return found;
    }

    private static String id(ChangedWarning each) {
        EmittedWarning warning = each.after().or(each::before).orElseThrow();
        return each.id().subjectKey()
                + ' '
                + each.id().attempt()
                + ' '
                + each.id().status()
                + ' '
                + each.id().extension()
                + ' '
                + warning.enteredAt().toEpochMilli();
    }

    /** Returns the limits under the policies on trial. */
    private static Map<String, Long> limits(TrialReport report) {
        Map<String, Long> limits = new TreeMap<>();
        report.warnings()
                .forEach(each -> each.after()
                        .map(EmittedWarning::limit)
                        .ifPresent(limit -> limits.put(id(each), limit.toEpochMilli())));
        return limits;
    }

    private static Map<String, Long> limits(TrialReport report, Map<String, Long> all) {
        Map<String, Long> limits = new TreeMap<>(all);
        limits.keySet().retainAll(limits(report).keySet());
        return limits;
    }

    private static Set<String> without(Map<String, Long> some, Map<String, Long> others) {
        Set<String> left = new TreeSet<>(some.keySet());
        left.removeAll(others.keySet());
        return left;
    }

    private static Set<String> moved(Map<String, Long> before, Map<String, Long> after) {
        Set<String> moved = new TreeSet<>(before.keySet());
        moved.retainAll(after.keySet());
        moved.removeIf(id -> before.get(id).equals(after.get(id)));
        return moved;
    }
}
