package io.foundling.topology.explain;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which events changed nothing, and what happens where the trail does not show all, explained. */
final class TrailStoriesTest {

    @RegisterExtension
    static final GoldenTexts GOLDEN = new GoldenTexts();

    private static final LedgerSettings SETTINGS = Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(Settings.anything("night", Duration.ofHours(1), Duration.ofMinutes(5)));

    private final ExplainedLedger ledger = new ExplainedLedger(SETTINGS);

    @AfterEach
    void close() {
        ledger.close();
    }

    private Instant now() {
        return ledger.ledger().now();
    }

    @Test
    void shouldShowWhatChangedNothing() {
        ledger.send(deferred("r1"))
                .send(deferred("r1"))
                .send(annotated("r1").metadata("run", "7"))
                .send(completed("r1").attempt(20_000))
                .send(completed("r1").at(Instant.ofEpochMilli(5)))
                .send(completed("r1").at(START.plus(2, MINUTES)))
                .send(failed("r1").at(START.plus(3, MINUTES)))
                .send(completed("r1").at(START.plus(4, MINUTES)))
                .send(pending("r1").attempt(1).at(START.plus(5, MINUTES)))
                .send(opened("r1").attempt(300).at(START.plus(6, MINUTES)))
                .reach(START.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatAnEventIsDatedInTheFuture() {
        ledger.send(deferred("r1").at(START.plus(5, HOURS)), START).reach(START.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatAnotherEventHasTheSameId() {
        UUID id = new UUID(7, 7);
        ledger.send(deferred("r1").eventId(id).at(START.plus(1, MINUTES)))
                .send(deferred("r1").eventId(id).at(START))
                .reach(START.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheSubjectWasErased() {
        ledger.send(deferred("r1")).send(erased("r1").at(START.plus(1, MINUTES)));
        ledger.send(completed("r1").at(START.plus(2, MINUTES))).reach(START.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheSubjectHasMoreFactsThanAreKept() {
        ledger.send(opened("r1"));
        for (int beat = 1; beat <= 200; beat++) {
            Instant at = START.plus(beat, MINUTES);
            ledger.send(extended("r1", at.plus(10, MINUTES)).at(at), at);
        }
        ledger.reach(START.plus(205, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheSubjectWasRestartedMoreOftenThanIsKept() {
        ledger.send(opened("r1"));
        for (int day = 1; day <= 70; day++) {
            Instant at = START.plus(2 * day, HOURS);
            ledger.send(opened("r1").at(at), at);
        }
        ledger.reach(START.plus(141, HOURS));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatRetentionRemovedTheDisposition() {
        ledger.send(deferred("r1"))
                .send(completed("r1").at(START.plus(1, MINUTES)))
                .reach(START.plus(2, DAYS));
        assertThat(ledger.ledger().dispositions()).isEmpty();
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheSubjectWasForgottenAndBeganAnew() {
        ledger.send(deferred("r1"))
                .send(completed("r1").at(START.plus(1, MINUTES)))
                .reach(START.plus(2, DAYS));
        ledger.reach(START.plus(10, DAYS)).send(deferred("r1").at(now())).reach(now().plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldGoByTheHistoryWhereTheTrailIsShorter() {
        ledger.send(deferred("r1").attempt(1))
                .send(failed("r1").attempt(1).at(START.plus(1, MINUTES)))
                .send(opened("r1").attempt(2).at(START.plus(20, MINUTES)))
                .reach(START.plus(30, MINUTES))
                .send(pending("r1").attempt(2).at(START.plus(30, MINUTES)))
                .reach(START.plus(40, MINUTES));
        Explanation explanation = ledger.explain(Events.key("r1"), SETTINGS, START.plus(25, MINUTES));
        assertThat(explanation.agrees()).as(explanation.text()).isTrue();
        GOLDEN.check(explanation.text());
    }

    @Test
    void shouldGoByTheDeadlineOfAnExtensionThatTheTrailDoesNotHave() {
        ledger.send(deferred("r1"))
                .send(extended("r1", START.plus(4, HOURS)).at(START.plus(10, MINUTES)))
                .reach(START.plus(30, MINUTES));
        Explanation explanation = ledger.explain(Events.key("r1"), SETTINGS, START.plus(25, MINUTES));
        assertThat(explanation.agrees()).as(explanation.text()).isTrue();
        GOLDEN.check(explanation.text());
    }

    @Test
    void shouldSayThatThePoliciesGiveAnotherDeadlineNow() {
        ledger.send(deferred("r1")).reach(START.plus(30, MINUTES));
        LedgerSettings others =
                Settings.of(SETTINGS).policies(Settings.anything("day", Duration.ofHours(9), Duration.ZERO));
        Explanation explanation = ledger.explain(Events.key("r1"), others, Instant.MIN);
        assertThat(explanation.agrees()).isFalse();
        GOLDEN.check(explanation.text());
    }

    @Test
    void shouldSayThatNothingIsKnown() {
        GOLDEN.check(ledger.text("r1"));
    }
}
