package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import org.junit.jupiter.api.Test;

/** Random subjects, explained at every step. A failure names the seed. */
final class ExplainedScenariosTest {

    private static final int SCENARIOS = Integer.getInteger("scenarios", 100);

    @Test
    void shouldAgreeWithTheRulesAtEveryStep() {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            RandomScenario scenario = seed % 3 == 0 ? RandomScenario.ofReports(seed) : RandomScenario.of(seed);
            ExplainedSubject subject = new ExplainedSubject(scenario.settings());
            try {
                scenario.steps().forEach(step -> step.apply(subject));
                subject.look(scenario.end());
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
