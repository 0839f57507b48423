package io.foundling.topology.lifecycle.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Typical stories of up to six facts, told in every order, each fact twice: all end in the truth. Every promise has a
 * window of an hour. Proves rules L6, L14 and T12.
 */
public abstract class TypicalStoriesContract {

    private static final long T = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long LONG_AFTER = T + 1_000 * HOUR;

    public abstract LifecycleUnderTest newSubject(NaiveSettings settings);

    @Test
    void shouldBeCompletedWhenAPoolReportsDeferredAfterTheResult() {
        assertThat(ends(SubjectKind.RECORD, fact(FactType.COMPLETED, 0), fact(FactType.DEFERRED, 20)))
                .containsExactly("1 COMPLETED");
        assertThat(ends(
                        SubjectKind.OPERATION,
                        fact(FactType.COMPLETED, 0),
                        fact(FactType.OPENED, 10),
                        fact(FactType.DEFERRED, 20),
                        fact(FactType.PENDING, 30)))
                .containsExactly("1 COMPLETED");
    }

    @Test
    void shouldBeCompletedWhenTheHostOfTheResultIsThreeMinutesSlow() {
        assertThat(ends(
                        SubjectKind.RECORD,
                        fact(FactType.COMPLETED, 0),
                        fact(FactType.OPENED, 3 * MINUTE),
                        fact(FactType.DEFERRED, 3 * MINUTE + 5)))
                .containsExactly("1 COMPLETED");
    }

    @Test
    void shouldBeCompletedWhenASecondPollerReportsPendingASecondLater() {
        assertThat(ends(
                        SubjectKind.RECORD,
                        fact(FactType.OPENED, 0),
                        fact(FactType.PENDING, SECOND),
                        fact(FactType.COMPLETED, MINUTE),
                        fact(FactType.PENDING, MINUTE + SECOND)))
                .containsExactly("1 COMPLETED");
    }

    @Test
    void shouldBeCompletedWhenPendingOfABatchComesJustAfterItsOutcome() {
        assertThat(ends(
                        SubjectKind.BATCH,
                        fact(FactType.OPENED, 0),
                        fact(FactType.COMPLETED, MINUTE),
                        fact(FactType.PENDING, MINUTE + 300)))
                .containsExactly("1 COMPLETED");
    }

    @Test
    void shouldWarnOfEachDeathWhenAJobIsKilledAndBeginsAgain() {
        assertThat(ends(
                        SubjectKind.OPERATION,
                        fact(FactType.OPENED, 0),
                        fact(FactType.OPENED, 2 * HOUR),
                        fact(FactType.OPENED, 4 * HOUR)))
                .containsExactly(
                        "1 OPEN", "orphan of 0, recovered", "orphan of 7200000, recovered", "orphan of 14400000");
    }

    @Test
    void shouldWarnOnceWhenAJobIsKilledAndBeginsAgainAndEnds() {
        assertThat(ends(
                        SubjectKind.RECORD,
                        fact(FactType.OPENED, 0),
                        fact(FactType.DEFERRED, SECOND),
                        fact(FactType.OPENED, 2 * HOUR),
                        fact(FactType.DEFERRED, 2 * HOUR + SECOND),
                        fact(FactType.COMPLETED, 2 * HOUR + MINUTE)))
                .containsExactly("1 COMPLETED", "orphan of 1000, recovered");
    }

    @Test
    void shouldWarnOfNothingWhenATryFailsAndTheNextOneReturns() {
        assertThat(ends(
                        SubjectKind.RECORD,
                        fact(FactType.DEFERRED, 0),
                        fact(FactType.RETRYING, MINUTE),
                        fact(FactType.DEFERRED, 2 * MINUTE),
                        fact(FactType.RETRYING, 3 * MINUTE),
                        fact(FactType.DEFERRED, 4 * MINUTE),
                        fact(FactType.COMPLETED, 5 * MINUTE)))
                .containsExactly("3 COMPLETED");
    }

    @Test
    void shouldWarnOnlyOfThePromiseWhenAPoolReportsDeferredAfterTheFailure() {
        assertThat(ends(SubjectKind.RECORD, fact(FactType.RETRYING, 0), fact(FactType.DEFERRED, 20)))
                .containsExactly("1 RETRYING", "orphan of 0");
    }

    @Test
    void shouldWarnOfTheRetryWhenItBeginsAtOnceAndIsKilled() {
        assertThat(ends(
                        SubjectKind.OPERATION,
                        fact(FactType.PENDING, 0),
                        fact(FactType.RETRYING, MINUTE),
                        fact(FactType.PENDING, MINUTE + SECOND / 2)))
                .containsExactly("2 PENDING", "orphan of 60500");
    }

    @Test
    void shouldWarnOfNothingWhenTheResultOfARetryIsDatedBeforeItsBeginning() {
        assertThat(ends(
                        SubjectKind.OPERATION,
                        fact(FactType.DEFERRED, 0),
                        fact(FactType.RETRYING, MINUTE),
                        fact(FactType.FAILED, 2 * MINUTE),
                        fact(FactType.DEFERRED, 2 * MINUTE + 20)))
                .containsExactly("2 FAILED");
    }

    @Test
    void shouldWarnOfTheNextJobWhenOneIsGivenUpAndTheNextBeginsAtOnce() {
        assertThat(ends(
                        SubjectKind.OPERATION,
                        fact(FactType.OPENED, 0),
                        fact(FactType.FAILED, 2 * HOUR),
                        fact(FactType.OPENED, 2 * HOUR + 10)))
                .containsExactly("2 OPEN", "orphan of 0, recovered", "orphan of 7200010");
    }

    @Test
    void shouldWarnOfTheSecondRunWhenABatchIsUsedAgainAndNeverEnds() {
        assertThat(ends(
                        SubjectKind.BATCH,
                        fact(FactType.OPENED, 0),
                        fact(FactType.PENDING, SECOND),
                        fact(FactType.COMPLETED, MINUTE),
                        fact(FactType.OPENED, 2 * MINUTE),
                        fact(FactType.PENDING, 3 * MINUTE)))
                .containsExactly("2 PENDING", "orphan of 180000");
    }

    @Test
    void shouldWarnOfNothingWhenAHeartbeatIsInTime() {
        assertThat(ends(
                        SubjectKind.OPERATION,
                        fact(FactType.OPENED, 0),
                        fact(FactType.EXTENDED, 50 * MINUTE),
                        fact(FactType.EXTENDED, 100 * MINUTE),
                        fact(FactType.EXTENDED, 150 * MINUTE),
                        fact(FactType.COMPLETED, 200 * MINUTE)))
                .containsExactly("1 COMPLETED");
    }

    /** Heartbeats go on far beyond the facts that a subject keeps. Proves rules T11 and B1. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 62, 63, 64, 65, 73, 183, 500})
    void shouldWarnOnlyOfAJobThatStoppedWhenHeartbeatsAreMany(int beats) {
        List<NaiveEvent> running = new ArrayList<>();
        running.add(fact(FactType.OPENED, 0).event());
        for (int beat = 1; beat <= beats; beat++) {
            running.add(fact(FactType.EXTENDED, beat * MINUTE).event());
        }
        List<NaiveEvent> ended = new ArrayList<>(running);
        ended.add(fact(FactType.COMPLETED, (beats + 1) * MINUTE).event());
        Collections.shuffle(ended, new Random(beats));

        assertThat(endingOnceRead(running)).containsExactly("1 OPEN", "orphan of 0");
        assertThat(endingOnceRead(ended)).containsExactly("1 COMPLETED");
    }

    private List<String> endingOnceRead(List<NaiveEvent> order) {
        LifecycleUnderTest subject =
                newSubject(GroundTruthContract.settings(new Circumstances(SubjectKind.OPERATION, false, true, 0, 0)));
        order.forEach(event -> subject.arrive(event, NaiveMoment.unset()));
        subject.look(NaiveMoment.at(LONG_AFTER));
        return ending(subject);
    }

    @Test
    void shouldSeeBothRunsWhenTheirNumbersAreGivenAndTheirTimesOverlap() {
        assertThat(ends(
                        SubjectKind.RECORD,
                        fact(FactType.DEFERRED, 0).attempt(1),
                        fact(FactType.FAILED, 100).attempt(1),
                        fact(FactType.COMPLETED, 50).attempt(2),
                        fact(FactType.DEFERRED, 120).attempt(2)))
                .containsExactly("2 COMPLETED");
    }

    private static NaiveEventDraft fact(FactType type, long afterMs) {
        NaiveEventDraft draft = NaiveEventDraft.of(type, T + afterMs);
        return type.awaits() || type == FactType.EXTENDED ? draft.due(T + afterMs + HOUR) : draft;
    }

    /** Returns the one ending of a story: attempt and status, then its warnings. */
    private List<String> ends(SubjectKind kind, NaiveEventDraft... story) {
        List<NaiveEvent> events = new ArrayList<>();
        for (NaiveEventDraft each : story) {
            events.add(each.event());
        }
        List<List<NaiveEvent>> orders = new ArrayList<>();
        permute(events, 0, orders);
        List<String> expected = ending(kind, orders.get(0));
        for (List<NaiveEvent> order : orders) {
            assertThat(ending(kind, order)).as("%s", order).isEqualTo(expected);
        }
        return expected;
    }

    private List<String> ending(SubjectKind kind, List<NaiveEvent> order) {
        LifecycleUnderTest subject =
                newSubject(GroundTruthContract.settings(new Circumstances(kind, false, true, 0, 0)));
        for (NaiveEvent event : order) {
            subject.arrive(event, NaiveMoment.at(event.occurredAtMs()));
            subject.look(NaiveMoment.at(LONG_AFTER));
        }
        order.forEach(event -> subject.arrive(event, NaiveMoment.at(LONG_AFTER)));
        return ending(subject);
    }

    private static List<String> ending(LifecycleUnderTest subject) {
        NaiveView view = subject.view().orElseThrow();
        List<String> ending = new ArrayList<>();
        ending.add(view.attempt() + " " + view.status());
        view.warnings().stream().map(TypicalStoriesContract::described).forEach(ending::add);
        return ending;
    }

    private static String described(NaiveWarning warning) {
        return "orphan of " + (warning.enteredAtMs() - T)
                + (warning.recoveredAtMs() == Times.NEVER ? "" : ", recovered");
    }

    private static void permute(List<NaiveEvent> events, int from, List<List<NaiveEvent>> orders) {
        if (from == events.size()) {
            orders.add(List.copyOf(events));
            return;
        }
        for (int i = from; i < events.size(); i++) {
            Collections.swap(events, from, i);
            permute(events, from + 1, orders);
            Collections.swap(events, from, i);
        }
    }
}
