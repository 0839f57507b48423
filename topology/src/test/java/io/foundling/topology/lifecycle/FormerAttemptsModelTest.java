package io.foundling.topology.lifecycle;

import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.completed;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.naive.generators.NaiveStep;
import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A subject that goes on behind former attempts is, by the naive rules, a new one whose attempts have higher numbers. A
 * failure names the seed. Proves rule P14.
 */
final class FormerAttemptsModelTest {

    private static final int SEEDS = Integer.getInteger("scenarios", 300);

    /** No event has a higher number. */
    private static final int ABOVE_ALL = 20_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnAsANewSubjectWithHigherNumbers(boolean countsAnew) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            // Given
            RandomScenario scenario = RandomScenario.of(seed);
            int last = countsAnew ? ABOVE_ALL : 1 + (int) (seed % 5);
            long lagMs = scenario.settings().clocks().allowedLagMs();
            long throughMs = scenario.events().stream()
                            .mapToLong(NaiveEvent::occurredAtMs)
                            .min()
                            .orElseThrow()
                    - 1;
            long lastMs = throughMs - lagMs;
            FormerAttempts former = new FormerAttempts(last, 1, Status.COMPLETED, lastMs - seed % 3, lastMs);
            RuledSubject goesOn = new RuledSubject(scenario.settings(), former.disposition());
            NaiveSubject anew = new NaiveSubject(scenario.settings());

            // When / Then
            for (NaiveStep step : scenario.steps()) {
                Optional<NaiveEvent> later = step.event().map(event -> numbered(event, countsAnew ? 0 : last));
                List<NaiveChange> expected = step.apply(anew);
                assertThat(new NaiveStep(later, step.moment()).apply(goesOn))
                        .as("changes of seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(expected.stream()
                                .map(change -> numbered(change, last))
                                .toList());
                readTooLate(step, goesOn, countsAnew, last, throughMs);
                assertThat(goesOn.view().map(FormerAttemptsModelTest::inBrief))
                        .as("seed %d", seed)
                        .isEqualTo(anew.view().map(view -> inBrief(numbered(view, last))));
            }
        }
    }

    @Test
    void shouldGoOnCountingFromTheLastAttemptWhenAttemptsCollapse() {
        // Given
        RuledSubject subject = new RuledSubject(
                new NaiveSettings(100, 5), new FormerAttempts(3, 3, Status.COMPLETED, 10, 10).disposition());

        // When
        for (int number = 1; number <= 70; number++) {
            subject.arrive(opened(1_000_000L * number).attempt(number).event(), NaiveMoment.unset());
        }

        // Then
        assertThat(subject.view().orElseThrow().attempt()).isEqualTo(73);
    }

    @Test
    void shouldSayOfWhichAttemptsAFactIsWhenLaterOnesCollapsed() {
        // Given
        RuledSubject subject = new RuledSubject(
                new NaiveSettings(100, 5), new FormerAttempts(3, 3, Status.COMPLETED, 10, 10).disposition());
        for (int number = 1; number <= 70; number++) {
            subject.arrive(opened(1_000_000L * number).attempt(number).event(), NaiveMoment.unset());
        }

        // When
        List<Violation> violations = subject.violationsOf(opened(9).attempt(1).event());

        // Then
        assertThat(violations)
                .singleElement()
                .extracting(Violation::message, STRING)
                .contains("attempt up to 3 of a parent");
    }

    /** An event of the former attempts comes late, before the producer counts from 1 again. */
    @Test
    void shouldNotLetAFactOfThatTimeDecideHowNumbersGoOn() {
        // Given
        RuledSubject subject = new RuledSubject(
                new NaiveSettings(100, 5), new FormerAttempts(1, 1, Status.COMPLETED, 10, 10).disposition());
        subject.arrive(opened(9).attempt(2).event(), NaiveMoment.unset());

        // When
        subject.arrive(opened(1_000_000).attempt(1).event(), NaiveMoment.unset());
        subject.arrive(completed(2_000_000).attempt(1).event(), NaiveMoment.unset());

        // Then
        NaiveView view = subject.view().orElseThrow();
        assertThat(view.attempt()).isEqualTo(2);
        assertThat(view.status()).isEqualTo(Status.COMPLETED);
    }

    /** Facts of the former attempts change nothing. */
    private static void readTooLate(
            NaiveStep step, RuledSubject subject, boolean countsAnew, int last, long throughMs) {
        Optional<Fact> fact = step.event().flatMap(NaiveEvent::fact);
        if (fact.isPresent()) {
            NaiveEvent event = step.event().orElseThrow();
            Fact old = anotherEvent(fact.get());
            Fact numbered = countsAnew ? at(old, 1, throughMs) : at(old, last, throughMs);
            Fact before = at(old, 0, throughMs);
            for (Fact late : List.of(numbered, before)) {
                NaiveEvent again = new NaiveEvent(
                        Optional.of(late),
                        late.eventId(),
                        late.attempt(),
                        late.occurredAtMs(),
                        event.metadata(),
                        event.appendedAtMs());
                assertThat(subject.arrive(again, step.moment())).isEmpty();
            }
        }
    }

    private static Fact anotherEvent(Fact fact) {
        UUID id = new UUID(
                ~fact.eventId().getMostSignificantBits(), fact.eventId().getLeastSignificantBits());
        return new Fact(
                fact.type(),
                fact.attempt(),
                fact.occurredAtMs(),
                new FactEvent(id, fact.event().appendedAtMs()),
                fact.parent(),
                fact.deadline(),
                fact.texts(),
                fact.numbers());
    }

    private static List<Object> inBrief(NaiveView view) {
        return List.of(
                view.status(),
                view.attempt(),
                view.parent(),
                view.enteredAtMs(),
                view.deadline(),
                view.details(),
                view.warnings(),
                view.metadata());
    }

    private static NaiveEvent numbered(NaiveEvent event, int after) {
        return new NaiveEvent(
                event.fact().map(fact -> at(fact, numbered(fact.attempt(), after), fact.occurredAtMs())),
                event.eventId(),
                numbered(event.attempt(), after),
                event.occurredAtMs(),
                event.metadata(),
                event.appendedAtMs());
    }

    private static int numbered(int attempt, int after) {
        return attempt == 0 ? 0 : attempt + after;
    }

    private static NaiveChange numbered(NaiveChange change, int after) {
        return new NaiveChange(change.kind(), change.attempt() + after, change.status(), change.extension());
    }

    private static NaiveView numbered(NaiveView view, int after) {
        return new NaiveView(
                view.status(),
                view.attempt() + after,
                view.parent(),
                view.enteredAtMs(),
                view.deadline(),
                view.details(),
                view.warnings().stream()
                        .map(warning -> new NaiveWarning(
                                warning.attempt() + after,
                                warning.status(),
                                warning.extension(),
                                warning.reason(),
                                warning.enteredAtMs(),
                                warning.deadlineMs(),
                                warning.rule(),
                                warning.recovery()))
                        .toList(),
                view.past());
    }

    private static Fact at(Fact fact, int attempt, long occurredAtMs) {
        return new Fact(
                fact.type(),
                attempt,
                occurredAtMs,
                fact.event(),
                fact.parent(),
                fact.deadline(),
                fact.texts(),
                fact.numbers());
    }
}
