package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.naive.generators.NaiveStep;
import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveFreshness;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How fresh random scopes are, as a second implementation has it at each step. A failure names the seed. Proves rules F1
 * and F2.
 */
final class FreshnessModelTest {

    private static final int SEEDS = Integer.getInteger("scenarios", 600);
    private static final long STEP_MS = 40;

    @Test
    void shouldBeAsFreshAsTheNaiveScopeAtEveryStep() {
        assertThat(staleOnes(Optional.empty())).isGreaterThan(SEEDS / 4);
    }

    @Test
    void shouldBeAsFreshAsTheNaiveScopeThatIsDueByACalendar() {
        assertThat(staleOnes(Optional.of(new Multiples(STEP_MS)))).isGreaterThan(SEEDS / 4);
    }

    /** Compares the two, and returns how many reasons were due. */
    private static int staleOnes(Optional<Multiples> schedule) {
        // Given
        int stale = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomScenario scenario = RandomScenario.of(seed);
            NaiveSettings settings = ofScope(scenario.settings());
            RuledSubject scope = new RuledSubject(settings);
            schedule.ifPresent(scope::by);
            NaiveSubject naive = new NaiveSubject(settings);
            for (NaiveStep step : scenario.steps()) {
                // When
                step.apply(scope);
                step.apply(naive);

                // Then
                String as = "seed %d: %s".formatted(seed, step);
                assertThat(scope.freshness().map(FreshnessModelTest::readable))
                        .as(as)
                        .isEqualTo(naive.freshness());
                SortedMap<String, Long> limits = naive.freshness()
                        .map(fresh -> schedule.isEmpty() ? fresh.limits() : fresh.limitsWhenDueEvery(STEP_MS))
                        .orElse(new TreeMap<>());
                assertThat(limits(scope.scope(step.moment()))).as(as).isEqualTo(limits);
                stale += due(scope, limits, step.moment(), as);
            }
        }
        return stale;
    }

    /** Due at each multiple of a step. */
    private record Multiples(long stepMs) implements Schedule {

        @Override
        public long dueMs(long beganMs) {
            boolean isLate = beganMs > Times.NEVER - 2 * stepMs;
            return isLate ? Times.NEVER : Math.floorDiv(beganMs, stepMs) * stepMs + stepMs;
        }

        @Override
        public long freshMs(long completedMs) {
            return dueMs(dueMs(completedMs - 1));
        }
    }

    /** Returns how many reasons are due, where the source is not delayed. */
    private static int due(RuledSubject scope, SortedMap<String, Long> limits, NaiveMoment moment, String as) {
        if (moment.delayMs() > 0) {
            return 0;
        }
        List<String> due = reasons(scope.scope(moment))
                .filter(Decision.Judged::isDue)
                .map(each -> each.reason().reason().name())
                .toList();
        assertThat(due)
                .as(as)
                .containsExactlyInAnyOrderElementsOf(limits.entrySet().stream()
                        .filter(limit -> limit.getValue() < moment.clockMs())
                        .map(SortedMap.Entry::getKey)
                        .toList());
        return due.size();
    }

    @Test
    void shouldBeAsFreshInWhateverOrderItsFactsAreRead() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // Given
            RandomScenario scenario = RandomScenario.of(seed);
            RuledSubject inOrder = read(scenario, scenario.events().size(), 0);

            // When
            RuledSubject shuffled = read(scenario, 2 * scenario.events().size(), seed + 1L);

            // Then
            assertThat(shuffled.freshness()).as("seed %d", seed).isEqualTo(inOrder.freshness());
        }
    }

    private static RuledSubject read(RandomScenario scenario, int count, long shuffle) {
        List<NaiveEvent> order = new ArrayList<>();
        while (order.size() < count) {
            order.addAll(scenario.events());
        }
        if (shuffle > 0) {
            Collections.shuffle(order, new Random(shuffle));
        }
        RuledSubject scope = new RuledSubject(ofScope(scenario.settings()));
        scenario.stepsFor(order).forEach(step -> step.apply(scope));
        scope.look(scenario.end());
        return scope;
    }

    private static NaiveSettings ofScope(NaiveSettings settings) {
        return settings.with(new NaiveClocks(
                false, settings.clocks().maxSkewMs(), settings.clocks().allowedLagMs()));
    }

    private static NaiveFreshness readable(Freshness found) {
        RunEnd end = found.end();
        return new NaiveFreshness(
                found.declaration().sinceMs(),
                Optional.of(found.declaration().maxAgeMs()).filter(maxAgeMs -> maxAgeMs != Fact.NOT_SAID),
                found.warnedMs(),
                found.activeMs(),
                end.exists() ? Optional.of(FactType.valueOf(end.status().name())) : Optional.empty(),
                end.atMs());
    }

    private static SortedMap<String, Long> limits(Decision.Scope scope) {
        SortedMap<String, Long> limits = new TreeMap<>();
        reasons(scope)
                .map(Decision.Judged::reason)
                .forEach(reason -> limits.put(reason.reason().name(), reason.limitMs()));
        return limits;
    }

    /** Returns the reasons of rule F2; one by which a scope only goes on counting belongs to rule F3. */
    private static Stream<Decision.Judged> reasons(Decision.Scope scope) {
        return scope.reasons().stream().filter(each -> each.reason().begins());
    }
}
