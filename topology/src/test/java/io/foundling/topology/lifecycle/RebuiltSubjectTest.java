package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.topology.lifecycle.naive.generators.NaiveStep;
import io.foundling.topology.lifecycle.naive.generators.RandomScenario;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
     * Events that are read again change nothing, and later ones do the same to a subject that was rebuilt as to one that
     * was not. Where a repeat, an extension in time or a number was lost, a late repeat may now be a restart, or a fact
     * begin another attempt: that is so for about one in thirty of such subjects.
     */
    @Test
    void shouldGoOnAsIfItHadNotBeenRebuilt() {
        int whole = 0;
        int lossy = 0;
        List<Long> differing = new ArrayList<>();
        for (long seed = 0; seed < SCENARIOS; seed++) {
            // Given
            RandomScenario scenario = RandomScenario.ofReports(seed);
            Random random = new Random(seed);
            List<NaiveStep> before = scenario.steps()
                    .subList(0, 1 + random.nextInt(scenario.steps().size()));
            RuledSubject subject = new RuledSubject(scenario.settings());
            before.forEach(step -> step.apply(subject));
            NaiveMoment last = before.get(before.size() - 1).moment();
            if (!subject.state().isKnown() || isAhead(subject, before, last)) {
                continue;
            }
            subject.look(last);
            RuledSubject after = subject.rebuilt();
            boolean isLossy = isNumbered(subject) || !times(subject).equals(times(after));

            // When
            List<NaiveStep> later = later(scenario, subject, last, random);

            // Then
            if (isLossy) {
                lossy++;
                if (!isAlike(subject, after, later)) {
                    differing.add(seed);
                }
            } else {
                whole++;
                before.stream()
                        .flatMap(step -> step.event().stream())
                        .forEach(event -> assertThat(after.arrive(event, last)).isEmpty());
                assertThat(shown(after)).as("seed %d", seed).isEqualTo(shown(subject));
                assertThat(isAlike(subject, after, later)).as("seed %d", seed).isTrue();
            }
        }
        assertThat(whole).isGreaterThan(SCENARIOS / 20);
        assertThat(lossy).isGreaterThan(SCENARIOS / 20);
        assertThat(differing).as("of %d", lossy).hasSizeLessThan(lossy / 25);
    }

    /** Whether a fact, or the closing of a parent, happens after the audit clock. */
    private static boolean isAhead(RuledSubject subject, List<NaiveStep> steps, NaiveMoment last) {
        return subject.state().facts().stream().anyMatch(fact -> fact.occurredAtMs() > last.clockMs())
                || steps.stream()
                        .flatMap(step -> step.moment().parents().values().stream())
                        .flatMap(List::stream)
                        .anyMatch(closing ->
                                closing.closedAtMs() != Times.NEVER && closing.closedAtMs() > last.clockMs());
    }

    private static boolean isNumbered(RuledSubject subject) {
        return subject.state().facts().stream().anyMatch(Fact::isNumbered);
    }

    private static List<String> times(RuledSubject subject) {
        return subject.state().facts().stream()
                .map(fact -> fact.type() + " " + fact.occurredAtMs())
                .toList();
    }

    /** Returns what happens after all that was read, in order, with looks in between and long after. */
    private static List<NaiveStep> later(
            RandomScenario scenario, RuledSubject subject, NaiveMoment last, Random random) {
        List<NaiveStep> later = new ArrayList<>();
        long clockMs = last.clockMs();
        long newestMs = subject.state().facts().stream()
                .mapToLong(Fact::occurredAtMs)
                .max()
                .orElseThrow();
        List<NaiveEvent> events = scenario.events().stream()
                .filter(event -> event.occurredAtMs() > newestMs)
                .sorted(Comparator.comparingLong(NaiveEvent::occurredAtMs))
                .toList();
        for (NaiveEvent event : events) {
            later.add(new NaiveStep(Optional.empty(), at(Math.max(clockMs, event.occurredAtMs() - 1), last)));
            clockMs = Math.max(clockMs, event.occurredAtMs() + random.nextInt(2_000));
            later.add(new NaiveStep(Optional.of(event), at(clockMs, last)));
        }
        later.add(new NaiveStep(Optional.empty(), at(clockMs + 600_000, last)));
        return later;
    }

    private static NaiveMoment at(long clockMs, NaiveMoment last) {
        return new NaiveMoment(clockMs, 0, last.parents(), last.repeatMs());
    }

    private static boolean isAlike(RuledSubject subject, RuledSubject after, List<NaiveStep> steps) {
        return steps.stream()
                .allMatch(step -> step.apply(subject).equals(step.apply(after))
                        && shown(subject).equals(shown(after)));
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
