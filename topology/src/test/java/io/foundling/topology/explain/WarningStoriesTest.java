package io.foundling.topology.explain;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why warnings are emitted, held, withdrawn, recovered, repeated and UNKNOWN, explained. */
final class WarningStoriesTest {

    @RegisterExtension
    static final GoldenTexts GOLDEN = new GoldenTexts();

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Instant DUE = START.plus(1, HOURS);

    @Test
    void shouldShowThatTheLimitIsNotPassedYet() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE);
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowWhyAWarningIsActive() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.plus(1, MINUTES)).reach(DUE.plus(2, MINUTES));
            assertThat(ledger.ledger().orphans()).hasSize(1);
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatAnOrphanRecovered() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.plus(1, MINUTES));
            ledger.send(completed("r1").at(DUE.plus(1, MINUTES))).reach(DUE.plus(2, MINUTES));
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatWarningAndRecoveryWereEmittedTogether() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE));
            ledger.send(completed("r1").at(DUE.plus(1, SECONDS))).reach(DUE.plus(2, MINUTES));
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatWhatEndedAnOrphanWasReadLater() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.plus(1, MINUTES)).reach(DUE.plus(2, MINUTES));
            ledger.send(completed("r1").at(DUE.plus(1, SECONDS))).reach(DUE.plus(4, MINUTES));
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowWhichOfTheEventsOfOneTimeEndedAWait() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE))
                    .send(Events.opened("r1").attempt(300).at(START.plus(2, MINUTES)))
                    .send(Events.opened("r1").at(START.plus(2, MINUTES)))
                    .send(completed("r1").at(START.plus(2, MINUTES)))
                    .reach(START.plus(5, MINUTES));
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatAWarningWasWithdrawn() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.plus(1, MINUTES));
            ledger.send(completed("r1").at(DUE.minus(1, MINUTES))).reach(DUE.plus(2, MINUTES));
            assertThat(ledger.ledger().orphanStory()).last().isEqualTo("r1 WITHDRAWAL 1 DEFERRED -");
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatTheDelayOfItsSourceHoldsAWarning() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.minus(1, MINUTES));
            ledger.send(completed("r2").at(DUE.minus(30, MINUTES)))
                    .reach(DUE.plus(10, MINUTES))
                    .reach(DUE.plus(11, MINUTES));
            assertThat(ledger.ledger().orphans()).isEmpty();
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowTheDelayUnderWhichAWarningWasEmitted() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.minus(1, MINUTES));
            for (int minute = 0; minute < 12; minute++) {
                Instant now = DUE.plus(minute, MINUTES);
                ledger.reach(now).send(completed("late" + minute).at(now.minus(70, SECONDS)));
            }
            ledger.reach(DUE.plus(12, MINUTES));
            assertThat(ledger.ledger().orphans()).hasSize(1);
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatAWarningWasPublishedAgain() {
        LedgerSettings settings = Settings.of(SETTINGS)
                .policies(Settings.repeating(
                        Settings.anything("night", Duration.ofHours(1), Duration.ofMinutes(5)), Duration.ofHours(1)));
        try (ExplainedLedger ledger = new ExplainedLedger(settings)) {
            ledger.send(deferred("r1")).reach(DUE.plus(10, MINUTES)).reach(DUE.plus(2, HOURS));
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatACancelledSubjectIsNoOrphanAnyMore() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(deferred("r1").dueAt(DUE)).reach(DUE.plus(1, MINUTES));
            ledger.send(cancelled("r1").at(DUE.plus(1, HOURS)), DUE.plus(1, HOURS))
                    .reach(DUE.plus(2, HOURS));
            GOLDEN.check(ledger.text("r1"));
        }
    }

    @Test
    void shouldShowThatAnEarlierAttemptIsSuperseded() {
        try (ExplainedLedger ledger = new ExplainedLedger(SETTINGS)) {
            ledger.send(pending("r1").attempt(1).dueAt(DUE))
                    .send(pending("r1").attempt(2).dueAt(DUE.plus(1, HOURS)).at(START.plus(10, MINUTES)))
                    .reach(DUE);
            GOLDEN.check(ledger.text("r1"));
        }
    }

    /** Two events a minute for 25 minutes, and then nothing. */
    @Test
    void shouldShowThatAWarningIsUnknownWhileItsSourceIsSilent() {
        LedgerSettings settings =
                Settings.of(SETTINGS).silence(new SilenceSettings(Duration.ofMinutes(20), 5, Duration.ofMinutes(5)));
        try (ExplainedLedger ledger = new ExplainedLedger(settings)) {
            Instant last = START;
            for (int half = 0; half < 50; half++) {
                last = START.plusSeconds(30L * half);
                ledger.reach(last).send(Events.opened("busy" + half).at(last));
            }
            Instant due = last.plus(2, MINUTES);
            ledger.send(deferred("r1").dueAt(due).at(last));
            for (int minute = 1; minute < 20; minute++) {
                ledger.reach(last.plus(minute, MINUTES));
            }
            assertThat(ledger.ledger().orphans().get(Events.key("r1")).getUnknown())
                    .isTrue();
            String sinceWhenIsNotKnown = ledger.text("r1");
            GOLDEN.check(sinceWhenIsNotKnown + '\n' + ledger.silentSince(last).text("r1"));
        }
    }
}
