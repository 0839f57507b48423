package io.foundling.topology.lifecycle.naive.generators;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whether the scenarios go where the rules are. */
final class RandomScenarioTest {

    private static final int SEEDS = 1_500;

    @Test
    void shouldDrawTheSameWhenTheSeedIsTheSame() {
        // When
        RandomScenario scenario = RandomScenario.of(17);

        // Then
        assertThat(scenario).isEqualTo(RandomScenario.of(17)).isNotEqualTo(RandomScenario.of(18));
    }

    @Test
    void shouldReachEveryStatusChangeAndViolationWhenSeedsAreMany() {
        // Given
        Map<Status, Integer> statuses = new EnumMap<>(Status.class);
        Map<NaiveChange.Kind, Integer> changes = new EnumMap<>(NaiveChange.Kind.class);
        Map<ViolationType, Integer> violations = new EnumMap<>(ViolationType.class);
        Map<String, Integer> warnings = new TreeMap<>();

        // When
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomScenario scenario = seed % 3 == 0 ? RandomScenario.ofReports(seed) : RandomScenario.of(seed);
            LifecycleUnderTest subject = new NaiveSubject(scenario.settings());
            for (NaiveStep step : scenario.steps()) {
                step.apply(subject).forEach(change -> changes.merge(change.kind(), 1, Integer::sum));
            }
            subject.look(scenario.end());
            subject.reportedViolations().forEach(found -> violations.merge(found.type(), 1, Integer::sum));
            subject.view().ifPresent(view -> {
                statuses.merge(view.status(), 1, Integer::sum);
                view.warnings().forEach(warning -> warnings.merge(describe(warning), 1, Integer::sum));
            });
        }

        // Then
        assertThat(statuses)
                .as("%s", statuses)
                .hasSize(Status.values().length - 1)
                .doesNotContainKey(Status.UNKNOWN);
        assertThat(changes.values()).as("%s", changes).hasSize(5).allMatch(count -> count > 5);
        assertThat(violations)
                .as("%s", violations)
                .containsOnlyKeys(
                        ViolationType.CONFLICTING_OUTCOME,
                        ViolationType.PARENT_MISMATCH,
                        ViolationType.BACKWARD_TRANSITION,
                        ViolationType.ATTEMPT_OUT_OF_RANGE);
        assertThat(warnings)
                .as("%s", warnings)
                .containsOnlyKeys(
                        "extended recovered", "extended active", "first recovered", "first active", "restarted");
    }

    private static String describe(NaiveWarning warning) {
        if (warning.recovery().restarted()) {
            return "restarted";
        }
        return (warning.extension() > 0 ? "extended " : "first ")
                + (warning.recoveredAtMs() == Times.NEVER ? "active" : "recovered");
    }
}
