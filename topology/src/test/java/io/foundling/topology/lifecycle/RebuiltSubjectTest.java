package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.topology.lifecycle.naive.generators.NaiveStep;
import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random subjects go on as if they had not been rebuilt from what is published of them. Proves rule R6. */
final class RebuiltSubjectTest {

    private static final Pattern OTHER_TIMES = Pattern.compile("\"(first|last)OccurredAt\": \"[^\"]*\", ");
    private static final int SCENARIOS = 3_000;

    /** A look changes nothing: no warning is emitted, updated or withdrawn, and what is published stays as it is. */
    @Test
    void shouldChangeNothingAtTheNextLook() {
        int rebuilt = 0;
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
            assertThat(shown(after)).as("seed %d", seed).isEqualTo(shown(subject));
        }
        assertThat(rebuilt).isGreaterThan(SCENARIOS / 2);
    }

    /**
     * Returns what is published, apart from times of facts that a rebuild does not know, and from marks of attempts that
     * the history does not have any more.
     */
    private static String shown(RuledSubject subject) {
        Disposition published = subject.published();
        int first = published.getHistory().get(0).getAttempt();
        published.put(
                "marks",
                published.getMarks().stream()
                        .filter(mark -> mark.getAttempt() >= first)
                        .toList());
        return OTHER_TIMES.matcher(published.toString()).replaceAll("");
    }
}
