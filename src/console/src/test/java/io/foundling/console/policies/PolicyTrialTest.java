package io.foundling.console.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTrialTest {

    private static final Instant BEGIN = LedgerHarness.START;
    private static final Instant END = BEGIN.plus(Duration.ofHours(12));
    private static final Window ALL = new Window(BEGIN, END);
    private static final PolicySet NONE = PolicySet.NONE;

    /** One waits for 3 hours, one for 5, one for ever. */
    private static final List<Appended> DECLARATIONS = List.of(
            at(0, Events.deferred("short")),
            at(60, Events.deferred("long")),
            at(70, Events.deferred("lost")),
            at(180, Events.completed("short")),
            at(360, Events.completed("long")));

    @Test
    void shouldAddTheWarningsOfATighterPolicyAndMoveTheOthers() {
        // When
        TrialReport report = trial(DECLARATIONS, within(4), within(2), ALL);

        // Then
        assertThat(report.warnings())
                .extracting(each -> each.change() + " " + each.id().subjectKey())
                .containsExactly(
                        "ADDED record/university/declaration/short",
                        "EARLIER record/university/declaration/long",
                        "EARLIER record/university/declaration/lost");
        assertThat(report.stages()).containsExactly(new StageChanges("university", "declaration", 2, 3, 1, 0, 2, 0));
        ChangedWarning lost = report.warnings().get(2);
        assertThat(lost.before().orElseThrow().limit()).isEqualTo(BEGIN.plus(Duration.ofMinutes(70 + 240)));
        assertThat(lost.after()).hasValueSatisfying(after -> {
            assertThat(after.limit()).isEqualTo(BEGIN.plus(Duration.ofMinutes(70 + 120)));
            assertThat(after.rule()).isEqualTo("policy:approval");
            assertThat(after.end()).isEqualTo(WarningEnd.ACTIVE);
            assertThat(after.emittedAt())
                    .isBetween(after.limit().plusSeconds(5), after.limit().plusSeconds(66));
        });
        assertThat(report.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.key()).isEqualTo("orphaned/university/declaration");
            assertThat(alert.before().orElseThrow().most()).isEqualTo(2);
            assertThat(alert.labels()).isEmpty();
        });
    }

    @Test
    void shouldRemoveTheWarningsOfARemovedPolicy() {
        // When
        TrialReport report = trial(DECLARATIONS, within(4), NONE, ALL);

        // Then
        assertThat(report.warnings()).hasSize(2).allSatisfy(each -> {
            assertThat(each.change()).isEqualTo(Change.REMOVED);
            assertThat(each.after()).isEmpty();
        });
        assertThat(report.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.after()).isEmpty());
    }

    @Test
    void shouldMoveTheWarningsOfALooserPolicy() {
        // When
        TrialReport report = trial(DECLARATIONS, within(2), within(4), ALL);

        // Then
        assertThat(report.warnings())
                .extracting(ChangedWarning::change)
                .containsExactlyInAnyOrder(Change.REMOVED, Change.LATER, Change.LATER);
    }

    @Test
    void shouldChangeLabelsOnlyIfOnlyTheSeverityIsAnother() {
        // Given
        PolicySet severe = new PolicySet(
                within(4).policies(),
                List.of(),
                List.of(new PolicyAlert(
                        "approval",
                        Optional.empty(),
                        Optional.of("university"),
                        Optional.empty(),
                        Optional.of("page"),
                        Map.of("team", "finance"),
                        Map.of())));

        // When
        TrialReport report = trial(DECLARATIONS, within(4), severe, ALL);

        // Then
        assertThat(report.warnings()).isEmpty();
        assertThat(report.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.labels().get("severity").after()).isEqualTo("page");
            assertThat(alert.labels().get("team")).isEqualTo(new ChangedAlert.Label("", "finance"));
            assertThat(alert.labels()).containsOnlyKeys("severity", "team");
        });
    }

    @Test
    void shouldChangeNothingUnderTheSamePolicies() {
        // When
        TrialReport report = trial(DECLARATIONS, within(4), within(4), ALL);

        // Then
        assertThat(report.warnings()).isEmpty();
        assertThat(report.alerts()).isEmpty();
        assertThat(report.stages()).containsExactly(new StageChanges("university", "declaration", 2, 2, 0, 0, 0, 0));
    }

    /** Two wait since before the window; under neither set is anything of them emitted in it, or of one under one set. */
    @Test
    void shouldJudgeWhatAwaitsSinceBeforeTheWindow() {
        // Given
        Window window = new Window(BEGIN.plus(Duration.ofHours(5)), END);

        // When
        TrialReport report = trial(DECLARATIONS, within(4), within(2), window);

        // Then
        assertThat(report.coverage()).isEqualTo(new Coverage(Optional.of(BEGIN), 4, 1));
        assertThat(report.warnings())
                .extracting(each -> each.change() + " " + each.id().subjectKey())
                .containsExactly(
                        "EARLIER record/university/declaration/long", "EARLIER record/university/declaration/lost");
        assertThat(report.stages()).containsExactly(new StageChanges("university", "declaration", 2, 0, 0, 0, 2, 0));
    }

    @Test
    void shouldReportNothingOfAnEmptyWindow() {
        // Given
        Window before = new Window(BEGIN.minusSeconds(100), BEGIN.minusSeconds(1));

        // When
        TrialReport empty = trial(DECLARATIONS, within(4), within(2), before);
        TrialReport none = trial(List.of(), within(4), within(2), ALL);

        // Then
        assertThat(empty.coverage()).isEqualTo(new Coverage(Optional.empty(), 0, 0));
        assertThat(empty.warnings()).isEmpty();
        assertThat(none.stages()).isEmpty();
        assertThat(TrialNotes.of(none, TrailFacts.WHOLE))
                .singleElement()
                .asString()
                .contains("no event");
    }

    @Test
    void shouldReportTheSourcesThatAreAskedFor() {
        // Given
        List<Appended> events =
                List.of(at(0, Events.deferred("a")), at(0, Events.deferred("b").source("library")));

        // When
        TrialReport report =
                new PolicyTrial(settings(NONE), within(4)).run(Appended.trail(events, 3), ALL, "library"::equals);

        // Then
        assertThat(report.warnings())
                .singleElement()
                .satisfies(each -> assertThat(each.id().subjectKey()).startsWith("record/library/"));
        assertThat(report.alerts()).extracting(ChangedAlert::key).containsExactly("orphaned/library/declaration");
    }

    /** A closing gives the members of a batch a limit; an own one that is earlier goes before it. */
    @Test
    void shouldMoveTheWarningOfAMemberThatItsBatchWouldOrphan() {
        // Given
        List<Appended> events = List.of(
                at(0, Events.opened("b1").kind(SubjectKind.BATCH)),
                at(1, Events.deferred("r1").parent("b1")),
                at(300, Events.completed("b1").kind(SubjectKind.BATCH)));

        // When
        TrialReport report = trial(events, NONE, of(Status.DEFERRED, 2), ALL);

        // Then
        assertThat(report.warnings()).singleElement().satisfies(each -> {
            assertThat(each.change()).isEqualTo(Change.EARLIER);
            assertThat(each.before().orElseThrow().rule()).isEqualTo("closure");
            assertThat(each.after().orElseThrow().rule()).isEqualTo("policy:approval");
        });
    }

    @Test
    void shouldExpectWhatANewExpectationExpects() {
        // Given
        PolicySet handOver = new PolicySet(
                List.of(),
                List.of(Settings.expecting(
                        "hand-over", "declaration", Status.COMPLETED, "payment", Duration.ofHours(1))));
        List<Appended> events = List.of(
                at(0, Events.deferred("r1")),
                at(1, Events.completed("r1")),
                at(2, Events.completed("r2")),
                at(30, Events.opened("r2").stage("payment")));

        // When
        TrialReport report = trial(events, NONE, handOver, ALL);

        // Then
        assertThat(report.warnings()).singleElement().satisfies(each -> {
            assertThat(each.change()).isEqualTo(Change.ADDED);
            assertThat(each.id()).isEqualTo(new WarningId("record/university/payment/r1", 1, Status.EXPECTED, 0));
        });
    }

    /** It was forgotten between: the same id, but another warning. */
    @Test
    void shouldKeepTheLivesOfASubjectApart() {
        // Given
        int again = (int) Duration.ofDays(40).toMinutes();
        List<Appended> events = List.of(
                at(0, Events.deferred("r1")),
                at(180, Events.failed("r1")),
                at(again, Events.deferred("r1").number(2)),
                at(again + 300, Events.failed("r1").number(2)));

        // When
        TrialReport report = trial(events, within(4), within(2), new Window(BEGIN, BEGIN.plus(Duration.ofDays(50))));

        // Then
        assertThat(report.warnings())
                .extracting(each -> each.change() + " " + each.id().attempt())
                .containsExactly("ADDED 1", "EARLIER 1");
    }

    @Test
    void shouldRefuseAWindowThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Window(END, BEGIN)).hasMessageContaining("after its end at " + BEGIN);
    }

    private static TrialReport trial(List<Appended> events, PolicySet inForce, PolicySet onTrial, Window window) {
        return new PolicyTrial(settings(inForce), onTrial).run(Appended.trail(events, 3), window, source -> true);
    }

    private static LedgerSettings settings(PolicySet inForce) {
        return Settings.of(LedgerSettings.defaults(TopicNames.EVENTS, 3)).policySet(inForce);
    }

    private static PolicySet within(int hours) {
        return of(Status.DEFERRED, hours);
    }

    private static PolicySet of(Status status, int hours) {
        return new PolicySet(
                List.of(new Policy(
                        "approval",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(status),
                        Optional.of(Duration.ofHours(hours)),
                        Duration.ZERO,
                        Optional.empty())),
                List.of());
    }

    private static Appended at(int minutes, Events event) {
        Instant at = BEGIN.plus(Duration.ofMinutes(minutes));
        return new Appended(event.at(at), at);
    }
}
