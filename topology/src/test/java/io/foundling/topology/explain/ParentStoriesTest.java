package io.foundling.topology.explain;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.retrying;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the closing of a parent means for its members, and how they count, explained. */
final class ParentStoriesTest {

    @RegisterExtension
    static final GoldenTexts GOLDEN = new GoldenTexts();

    private static final String BATCH = "batch/university/declaration/b1";
    private static final Instant CLOSED = START.plus(10, MINUTES);

    private final ExplainedLedger ledger = new ExplainedLedger(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Events member(Events event) {
        return event.parent("b1");
    }

    private ExplainedLedger closedAs(Events outcome) {
        return ledger.reach(CLOSED)
                .send(outcome.kind(SubjectKind.BATCH).at(CLOSED))
                .reach(CLOSED.plus(5, MINUTES))
                .reach(CLOSED.plus(6, MINUTES));
    }

    @Test
    void shouldShowThatTheParentHasNotClosed() {
        ledger.send(member(deferred("r1"))).reach(CLOSED);
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheParentClosedWithoutTheMember() {
        ledger.send(member(deferred("r1")));
        closedAs(completed("b1"));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheMemberCameBackInTime() {
        ledger.send(member(deferred("r1"))).reach(START.plus(5, MINUTES));
        ledger.send(member(completed("r1")).at(START.plus(5, MINUTES)));
        closedAs(completed("b1"));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheMemberCameBackLate() {
        ledger.send(member(deferred("r1")));
        closedAs(completed("b1"))
                .send(member(completed("r1")).at(CLOSED.plus(5, MINUTES)))
                .reach(CLOSED.plus(8, MINUTES))
                .reach(CLOSED.plus(9, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatACancelledParentEndedTheMember() {
        ledger.send(member(deferred("r1").dueAt(START.plus(1, HOURS))));
        closedAs(cancelled("b1"));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatAnExtensionHasNoEffectAfterItsParentWasCancelled() {
        ledger.send(member(deferred("r1").dueAt(START.plus(1, HOURS))));
        closedAs(cancelled("b1"));
        ledger.send(extended("r1", START.plus(3, HOURS)).at(CLOSED.plus(5, MINUTES)))
                .reach(CLOSED.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldSayHowManyOfTheMissingMembersAreNamed() {
        for (int number = 0; number < 150; number++) {
            ledger.send(member(deferred("r" + number)));
        }
        closedAs(completed("b1"));
        assertThat(ledger.textOf(BATCH)).contains("Missing, of which the first 100 of 150 are named: ");
    }

    @Test
    void shouldShowThatTheMemberBeganAfterItsParentClosed() {
        closedAs(completed("b1"))
                .send(member(deferred("r1")).at(CLOSED.plus(5, MINUTES)))
                .reach(CLOSED.plus(7, MINUTES))
                .reach(CLOSED.plus(8, MINUTES))
                .reach(CLOSED.plus(9, MINUTES))
                .reach(CLOSED.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatARetryGoesOnUnderTheSameParent() {
        ledger.send(member(retrying("r1"))).reach(START.plus(5, MINUTES));
        ledger.send(pending("r1").at(START.plus(5, MINUTES)));
        closedAs(completed("b1"));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheMemberMovedToAnotherParent() {
        ledger.send(member(deferred("r1"))).reach(START.plus(5, MINUTES));
        ledger.send(deferred("r1").parent("b2").at(START.plus(5, MINUTES)));
        closedAs(completed("b1"));
        GOLDEN.check(ledger.text("r1"));
    }

    @Test
    void shouldShowThatTheParentWasOpenedAgain() {
        ledger.send(member(deferred("r1")));
        closedAs(completed("b1"))
                .send(opened("b1").kind(SubjectKind.BATCH).at(CLOSED.plus(6, MINUTES)))
                .send(member(deferred("r2")).at(CLOSED.plus(6, MINUTES)))
                .reach(CLOSED.plus(10, MINUTES));
        GOLDEN.check(ledger.text("r1") + '\n' + ledger.text("r2"));
    }

    @Test
    void shouldShowTheSettlementOfAParent() {
        ledger.send(member(deferred("r1"))).send(member(deferred("r2"))).send(member(completed("r2")));
        closedAs(completed("b1"));
        GOLDEN.check(ledger.textOf(BATCH));
    }
}
