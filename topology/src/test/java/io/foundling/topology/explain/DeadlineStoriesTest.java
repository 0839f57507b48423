package io.foundling.topology.explain;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.expected;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What gives deadlines, and what moves them, explained. */
final class DeadlineStoriesTest {

    @RegisterExtension
    static final GoldenTexts GOLDEN = new GoldenTexts();

    private static final LedgerSettings NO_POLICY = LedgerSettings.defaults("audit.events", 1);
    private static final LedgerSettings POLICIES = Settings.of(NO_POLICY)
            .policies(
                    new Policy(
                            "no-window",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Status.PENDING),
                            Optional.empty(),
                            Duration.ofMinutes(2),
                            Optional.empty()),
                    Settings.anything("night", Duration.ofHours(1), Duration.ofMinutes(5)));

    private static void check(LedgerSettings settings, Instant until, Events... events) {
        try (ExplainedLedger ledger = new ExplainedLedger(settings)) {
            List.of(events).forEach(ledger::send);
            GOLDEN.check(ledger.reach(until).text("r1"));
        }
    }

    @Test
    void shouldShowTheWindowOfThePolicy() {
        check(POLICIES, START.plus(30, MINUTES), deferred("r1"));
    }

    @Test
    void shouldShowTheDueAtOfTheEventAndTheGraceOfThePolicy() {
        check(POLICIES, START.plus(30, MINUTES), deferred("r1").dueAt(START.plus(2, HOURS)));
    }

    @Test
    void shouldShowThatThePolicyHasNoWindow() {
        check(POLICIES, START.plus(30, MINUTES), pending("r1"));
    }

    @Test
    void shouldShowThatNoPolicyMatchesAndNothingWatches() {
        check(NO_POLICY, START.plus(30, MINUTES), deferred("r1"));
    }

    @Test
    void shouldShowThatAWindowIsLongerThanTimeGoes() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        check(
                Settings.of(NO_POLICY).policies(Settings.anything("forever", forever, forever)),
                START.plus(30, MINUTES),
                deferred("r1"));
    }

    @Test
    void shouldShowThatAnImpossibleDueAtGivesWayToThePolicy() {
        check(POLICIES, START.plus(30, MINUTES), deferred("r1").dueAt(Instant.ofEpochMilli(5)));
    }

    @Test
    void shouldShowExtensionsInTimeAndAfterTheLimit() {
        check(
                POLICIES,
                START.plus(5, HOURS),
                deferred("r1"),
                extended("r1", START.plus(2, HOURS)).at(START.plus(1, HOURS)),
                extended("r1", START.plus(4, HOURS)).at(START.plus(3, HOURS)));
    }

    @Test
    void shouldShowARestart() {
        check(POLICIES, START.plus(3, HOURS), opened("r1"), opened("r1").at(START.plus(2, HOURS)));
    }

    @Test
    void shouldShowThatAnExtensionAfterTheOutcomeHasNoEffect() {
        check(
                POLICIES,
                START.plus(3, HOURS),
                opened("r1"),
                completed("r1").at(START.plus(10, MINUTES)),
                extended("r1", START.plus(4, HOURS)).at(START.plus(20, MINUTES)));
    }

    @Test
    void shouldShowWhatAnnouncementsAreDueBy() {
        check(POLICIES, START.plus(30, MINUTES), expected("r1").dueAt(START.plus(1, HOURS)));
    }

    @Test
    void shouldShowWhatAnExpectationGives() {
        LedgerSettings settings = POLICIES.expecting(List.of(
                Settings.expecting("parse-after-extract", "extract", Status.COMPLETED, "parse", Duration.ofHours(2))));
        try (ExplainedLedger ledger = new ExplainedLedger(settings)) {
            ledger.send(completed("r1").stage("extract")).reach(START.plus(3, HOURS));
            String key = "record/university/parse/r1";
            assertThat(ledger.ledger().dispositions()).containsKey(key);
            GOLDEN.check(ledger.textOf(key));
        }
    }

    @Test
    void shouldShowThatAnExpectationHasTakenBackWhatItExpected() {
        LedgerSettings settings = POLICIES.expecting(List.of(
                Settings.expecting("parse-after-extract", "extract", Status.COMPLETED, "parse", Duration.ofHours(2))));
        try (ExplainedLedger ledger = new ExplainedLedger(settings)) {
            ledger.send(completed("r1").stage("extract"))
                    .send(opened("r1").stage("extract").attempt(2).at(START.plus(10, MINUTES)))
                    .reach(START.plus(30, MINUTES));
            GOLDEN.check(ledger.textOf("record/university/parse/r1"));
        }
    }

    @Test
    void shouldShowThatADeclarationHasAMaxAge() {
        try (ExplainedLedger ledger = new ExplainedLedger(NO_POLICY)) {
            ledger.send(Events.declared("s1").kind(SubjectKind.SCOPE)).reach(START.plus(48, HOURS));
            GOLDEN.check(ledger.textOf("scope/university/declaration/s1"));
        }
    }
}
