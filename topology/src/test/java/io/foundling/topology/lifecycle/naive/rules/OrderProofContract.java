package io.foundling.topology.lifecycle.naive.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.generators.NaiveStep;
import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The order of events does not matter, over scenarios drawn from seeds: of any facts, and of two reporters with clocks of
 * their own. A failure names the seed. Proves rule L14.
 */
public abstract class OrderProofContract {

    private static final int PERMUTED_SCENARIOS = 48;
    private static final int SHUFFLED_SCENARIOS = 100;
    private static final int WALKED_SCENARIOS = Integer.getInteger("scenarios", 600);

    public abstract LifecycleUnderTest newSubject(NaiveSettings settings);

    @ParameterizedTest
    @EnumSource
    void shouldEndTheSameWhenUpToSixFactsArriveInEveryOrder(RandomScenario.Numbering numbering) {
        for (int seed = 0; seed < PERMUTED_SCENARIOS; seed++) {
            int facts = seed % 24 == 0 ? 6 : 2 + seed % 4;
            endsTheSameInEveryOrder(RandomScenario.of(seed, numbering, facts), facts);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndTheSameWhenUpToSixReportsOfTwoClocksArriveInEveryOrder(RandomScenario.Numbering numbering) {
        for (int seed = 0; seed < 2 * PERMUTED_SCENARIOS; seed++) {
            int facts = seed % 24 == 0 ? 6 : 2 + seed % 4;
            endsTheSameInEveryOrder(RandomScenario.ofReports(seed, numbering, facts), facts);
        }
    }

    @Test
    void shouldEndTheSameWhenManyFactsArriveShuffledAndDuplicated() {
        for (int seed = 0; seed < SHUFFLED_SCENARIOS; seed++) {
            RandomScenario scenario = scenario(seed);
            Ending expected = ending(scenario, scenario.events());
            for (int shuffle = 0; shuffle < 3; shuffle++) {
                List<NaiveEvent> order = new ArrayList<>(scenario.events());
                order.addAll(scenario.events().subList(0, scenario.events().size() / (shuffle + 1)));
                Collections.shuffle(order, new Random(seed * 7L + shuffle));
                assertThat(ending(scenario, order))
                        .as("seed %d, shuffle %d", seed, shuffle)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldHoldExactlyTheExpectedWarningsWhenEverythingHasBeenRead() {
        for (int seed = 0; seed < WALKED_SCENARIOS; seed++) {
            RandomScenario scenario = scenario(seed);
            LifecycleUnderTest subject = newSubject(scenario.settings());
            scenario.steps().forEach(step -> step.apply(subject));
            subject.look(scenario.end());
            List<Fact> facts = NaiveSubject.distinctFacts(scenario.events());
            assertThat(subject.view().map(NaiveView::warnings).orElse(List.of()))
                    .as("seed %d", seed)
                    .isEqualTo(NaiveSubject.expectedWarnings(
                            facts,
                            scenario.end(),
                            scenario.settings().settleGraceMs(),
                            scenario.settings().clocks()));
        }
    }

    /** Says nothing of the naive rules themselves; it is what they are there for. */
    @Test
    void shouldTakeEveryStepAsTheNaiveRulesDo() {
        for (int seed = 0; seed < WALKED_SCENARIOS; seed++) {
            RandomScenario scenario = scenario(seed);
            LifecycleUnderTest subject = newSubject(scenario.settings());
            LifecycleUnderTest naive = new NaiveSubject(scenario.settings());
            List<NaiveStep> steps = new ArrayList<>(scenario.steps());
            steps.add(new NaiveStep(Optional.empty(), scenario.end()));
            for (int i = 0; i < steps.size(); i++) {
                String step = "seed %d, step %d: %s".formatted(seed, i, steps.get(i));
                List<NaiveChange> changes = steps.get(i).apply(subject);
                assertThat(changes)
                        .as(step)
                        .containsExactlyInAnyOrderElementsOf(steps.get(i).apply(naive));
                assertThat(subject.view()).as(step).isEqualTo(naive.view());
                assertThat(subject.reportedViolations()).as(step).isEqualTo(naive.reportedViolations());
            }
        }
    }

    /** A consumer that follows the changes holds what the disposition says. Proves rule T14. */
    @Test
    void shouldEmitEachWarningOnceUntilItIsWithdrawnWhenStepsAreFollowed() {
        for (int seed = 0; seed < WALKED_SCENARIOS; seed++) {
            RandomScenario scenario = scenario(seed);
            LifecycleUnderTest subject = newSubject(scenario.settings());
            TreeMap<String, Boolean> active = new TreeMap<>();
            for (NaiveStep step : scenario.steps()) {
                for (NaiveChange change : step.apply(subject)) {
                    follow(change, active, seed);
                }
                assertThat(active).as("seed %d", seed).isEqualTo(warningsOf(subject));
            }
        }
    }

    /**
     * Proves rule T8: nothing is withdrawn if the clock is {@code allowedLag} behind the events that are read. Rule L6
     * places an end by what follows within that time.
     */
    @Test
    void shouldWithdrawNothingWhenEventsArriveInOrderAndTheClockFollows() {
        for (int seed = 0; seed < WALKED_SCENARIOS; seed++) {
            RandomScenario scenario = scenario(seed);
            LifecycleUnderTest subject = newSubject(scenario.settings());
            List<NaiveEvent> inTime = scenario.events().stream()
                    .sorted(Comparator.comparing(NaiveEvent::occurredAtMs))
                    .toList();
            List<NaiveChange> changes = new ArrayList<>();
            for (NaiveEvent event : inTime) {
                NaiveMoment clock = NaiveMoment.at(
                        event.occurredAtMs() - scenario.settings().clocks().allowedLagMs());
                changes.addAll(subject.look(clock));
                changes.addAll(subject.arrive(event, clock));
            }
            assertThat(changes).as("seed %d", seed).noneMatch(change -> change.kind() == NaiveChange.Kind.WITHDRAWN);
        }
    }

    private void endsTheSameInEveryOrder(RandomScenario scenario, int facts) {
        Ending expected = ending(scenario, scenario.events());
        List<List<NaiveEvent>> orders = new ArrayList<>();
        permute(new ArrayList<>(scenario.events().subList(0, facts)), 0, orders);
        for (List<NaiveEvent> order : orders) {
            order.addAll(scenario.events().subList(facts, scenario.events().size()));
            assertThat(ending(scenario, order))
                    .as("%s in order %s", scenario, order)
                    .isEqualTo(expected);
        }
    }

    /** Every third scenario is about two reporters with clocks of their own. */
    private static RandomScenario scenario(int seed) {
        return seed % 3 == 0 ? RandomScenario.ofReports(seed) : RandomScenario.of(seed);
    }

    private record Ending(Object view, Set<NaiveViolation> violations) {}

    private Ending ending(RandomScenario scenario, List<NaiveEvent> order) {
        LifecycleUnderTest subject = newSubject(scenario.settings());
        scenario.stepsFor(order).forEach(step -> step.apply(subject));
        subject.look(scenario.end());
        return new Ending(subject.view(), comparable(scenario.numbering(), subject.reportedViolations()));
    }

    /** A number out of range is reported as soon as it is read, though a fact read later may close the gap. */
    private static Set<NaiveViolation> comparable(RandomScenario.Numbering numbering, Set<NaiveViolation> reported) {
        return numbering != RandomScenario.Numbering.ALL
                ? Set.of()
                : reported.stream()
                        .filter(found -> found.type() != ViolationType.ATTEMPT_OUT_OF_RANGE)
                        .collect(Collectors.toCollection(HashSet::new));
    }

    private static void follow(NaiveChange change, TreeMap<String, Boolean> active, int seed) {
        String key = change.attempt() + " " + change.status() + " " + change.extension();
        Boolean before = active.get(key);
        switch (change.kind()) {
            case EMITTED -> {
                assertThat(before).as("seed %d, %s", seed, change).isNull();
                active.put(key, true);
            }
            case UPDATED -> {
                assertThat(before).as("seed %d, %s", seed, change).isNotNull();
                active.put(key, true);
            }
            case REMINDED -> assertThat(before).as("seed %d, %s", seed, change).isTrue();
            case RECOVERED -> {
                assertThat(before).as("seed %d, %s", seed, change).isTrue();
                active.put(key, false);
            }
            case WITHDRAWN -> {
                assertThat(before).as("seed %d, %s", seed, change).isNotNull();
                active.remove(key);
            }
        }
    }

    private static TreeMap<String, Boolean> warningsOf(LifecycleUnderTest subject) {
        TreeMap<String, Boolean> warnings = new TreeMap<>();
        subject.view()
                .map(NaiveView::warnings)
                .orElse(List.of())
                .forEach(warning -> warnings.put(
                        warning.attempt() + " " + warning.status() + " " + warning.extension(),
                        warning.recoveredAtMs() == Times.NEVER));
        return warnings;
    }

    private static void permute(List<NaiveEvent> events, int from, List<List<NaiveEvent>> orders) {
        if (from == events.size()) {
            orders.add(new ArrayList<>(events));
            return;
        }
        for (int i = from; i < events.size(); i++) {
            Collections.swap(events, from, i);
            permute(events, from + 1, orders);
            Collections.swap(events, from, i);
        }
    }
}
