package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.naive.generators.NaiveStep;
import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random subjects go on as if they had not been rebuilt from what is published of them. Proves rule R6. */
final class RebuiltSubjectTest {

    private static final Pattern OTHER_TIMES = Pattern.compile("\"(first|last)OccurredAt\": \"[^\"]*\", ");
    private static final int SCENARIOS = 3_000;

    /**
     * A look changes nothing: no warning is emitted, updated or withdrawn. What is published stays as it is, but for a few
     * in whose deadline and warning different extensions have a part.
     */
    @Test
    void shouldChangeNothingAtTheNextLook() {
        int rebuilt = 0;
        List<String> differences = new ArrayList<>();
        for (long seed = 0; seed < SCENARIOS; seed++) {
            // Given
            RandomScenario scenario = RandomScenario.ofReports(seed);
            RuledSubject subject = new RuledSubject(scenario.settings());
            scenario.steps().forEach(step -> step.apply(subject));
            NaiveStep last = scenario.steps().get(scenario.steps().size() - 1);
            if (!subject.state().isKnown() || last.moment().clockMs() == Long.MIN_VALUE) {
                continue;
            }
            subject.look(last.moment());
            RuledSubject after = subject.rebuilt();
            rebuilt++;

            // When
            List<NaiveChange> changes = after.look(last.moment());

            // Then
            assertThat(changes).as("seed %d", seed).isEmpty();
            if (!shown(after).equals(shown(subject))) {
                differences.add(seed + ":\n " + shown(subject) + "\n " + shown(after));
            }
        }
        assertThat(rebuilt).isGreaterThan(SCENARIOS / 2);
        assertThat(differences).hasSizeLessThan(rebuilt / 100);
    }

    /** Returns what is published, apart from times of facts that a rebuild does not know. */
    private static String shown(RuledSubject subject) {
        return OTHER_TIMES.matcher(subject.published().toString()).replaceAll("");
    }
}
