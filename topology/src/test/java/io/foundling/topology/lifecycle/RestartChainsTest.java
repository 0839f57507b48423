package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Subjects that begin again and again and never say so. The naive rules keep every fact, so that they say what would be
 * right without a bound. A failure names the seed. Proves rules B1, B7 and B8.
 */
final class RestartChainsTest {

    private static final long START_MS = 10_000;
    private static final long EVERY_MS = 1_000;
    private static final long END_MS = 9_000_000;
    private static final int SEEDS = Integer.getInteger("scenarios", 600);
    private static final List<FactType> STATUSES =
            List.of(FactType.DEFERRED, FactType.OPENED, FactType.PENDING, FactType.OPENED, FactType.OPENED);

    private final RuledSubject subject = new RuledSubject(new NaiveSettings(0, 0));

    private List<NaiveChange> restart(int count) {
        List<NaiveChange> changes = new ArrayList<>();
        for (int i = 0; i <= count; i++) {
            long atMs = START_MS + i * EVERY_MS;
            changes.addAll(subject.look(NaiveMoment.at(atMs)));
            changes.addAll(subject.arrive(opened(atMs).event(), NaiveMoment.at(atMs)));
        }
        return changes;
    }

    private static NaiveEventDraft opened(long atMs) {
        return NaiveEventDraft.of(FactType.OPENED, atMs).due(atMs + EVERY_MS / 2);
    }

    @Test
    void shouldEmitAndRecoverEachOnceWhenASubjectRestartsAgainAndAgain() {
        // When
        List<NaiveChange> changes = restart(300);

        // Then
        List<NaiveChange> expected = IntStream.range(0, 300)
                .boxed()
                .flatMap(number -> List.of(
                        new NaiveChange(NaiveChange.Kind.EMITTED, 1, Status.OPEN, number),
                        new NaiveChange(NaiveChange.Kind.RECOVERED, 1, Status.OPEN, number))
                        .stream())
                .toList();
        assertThat(changes).isEqualTo(expected);
        assertThat(subject.state().facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(subject.state().warnings()).hasSizeLessThan(Bounds.MAX_FACTS);
    }

    @Test
    void shouldKeepTheOrphanOfTheLastRestartUnderItsNumberWhenMoreFactsAreRead() {
        // Given
        restart(100);
        List<NaiveChange> last = subject.look(NaiveMoment.at(END_MS));

        // When
        List<NaiveChange> late = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            late.addAll(subject.arrive(
                    NaiveEventDraft.of(FactType.EXTENDED, END_MS + i)
                            .attempt(i + 2)
                            .due(END_MS + i)
                            .event(),
                    NaiveMoment.at(END_MS)));
            late.addAll(subject.arrive(opened(START_MS + i * EVERY_MS).event(), NaiveMoment.at(END_MS)));
        }

        // Then
        assertThat(last).containsExactly(new NaiveChange(NaiveChange.Kind.EMITTED, 1, Status.OPEN, 100));
        assertThat(late).isEmpty();
    }

    @Test
    void shouldKeepNumbersWhenAnOutcomeIsReadThatPutsTheChainIntoTheNextAttempt() {
        // Given
        restart(100);

        // When
        subject.arrive(NaiveEventDraft.of(FactType.COMPLETED, START_MS + 1).event(), NaiveMoment.unset());

        // Then
        assertThat(subject.look(NaiveMoment.at(END_MS)))
                .filteredOn(change -> change.kind() == NaiveChange.Kind.EMITTED)
                .last()
                .isEqualTo(new NaiveChange(NaiveChange.Kind.EMITTED, 2, Status.OPEN, 99));
    }

    @Test
    void shouldKeepAFactOfAnotherParentThatHappenedWithinTheChain() {
        // Given
        for (int i = 0; i <= 100; i++) {
            NaiveEventDraft draft = opened(START_MS + i * EVERY_MS).parent("batch/s/t/1");
            subject.arrive(draft.event(), NaiveMoment.unset());
        }
        NaiveEvent moved =
                opened(START_MS + 20 * EVERY_MS + 1).parent("batch/s/t/2").event();

        // When
        subject.arrive(moved, NaiveMoment.unset());

        // Then
        assertThat(subject.state().facts()).contains(moved.fact().orElseThrow());
    }

    @Test
    void shouldNotWarnOfTheLastRestartOfAChainWhenTheStatusWasLeftWithinIt() {
        // Given: each restart is overdue at once
        for (int i = 0; i <= 100; i++) {
            NaiveEventDraft draft = opened(START_MS + i * EVERY_MS).due(START_MS - 1);
            subject.arrive(draft.event(), NaiveMoment.unset());
        }
        long leftMs = START_MS + 20 * EVERY_MS + 1;

        // When
        subject.arrive(NaiveEventDraft.of(FactType.PENDING, leftMs).event(), NaiveMoment.unset());
        subject.look(NaiveMoment.at(END_MS));

        // Then
        assertThat(subject.view().orElseThrow().warnings())
                .isNotEmpty()
                .allMatch(warning -> warning.enteredAtMs() <= leftMs);
    }

    @Test
    void shouldKeepNumbersWhenExtensionsComeBetweenRestarts() {
        // Given
        List<NaiveChange> changes = new ArrayList<>();

        // When
        for (int i = 0; i < 100; i++) {
            long atMs = START_MS + i * EVERY_MS;
            changes.addAll(subject.arrive(opened(atMs).event(), NaiveMoment.at(atMs)));
            NaiveEvent extended = NaiveEventDraft.of(FactType.EXTENDED, atMs + EVERY_MS / 2)
                    .due(atMs + 3 * EVERY_MS / 4)
                    .event();
            changes.addAll(subject.arrive(extended, NaiveMoment.at(atMs + EVERY_MS / 2)));
            changes.addAll(subject.look(NaiveMoment.at(atMs + 9 * EVERY_MS / 10)));
        }

        // Then
        assertThat(changes)
                .noneMatch(change -> change.kind() == NaiveChange.Kind.WITHDRAWN)
                .filteredOn(change -> change.kind() == NaiveChange.Kind.EMITTED)
                .extracting(NaiveChange::extension)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldMakeUpNoOrphanWhenRestartsExtensionsAndStatusesComeInAnyOrder() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<NaiveEvent> events = scenario(new Random(seed));
            List<NaiveWarning> expected = NaiveSubject.expectedWarnings(NaiveSubject.distinctFacts(events), END_MS);

            // When
            List<NaiveWarning> warnings = warningsOf(shuffled(events, seed));

            // Then
            assertThat(OverdueTimes.madeUp(warnings, expected))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** One attempt that begins again after each limit, some extensions, and in the end perhaps another status. */
    private static List<NaiveEvent> scenario(Random random) {
        int count = 60 + random.nextInt(240);
        List<NaiveEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long atMs = START_MS + i * EVERY_MS;
            events.add(opened(atMs).event());
            if (random.nextInt(20) == 0) {
                events.add(NaiveEventDraft.of(FactType.EXTENDED, atMs + random.nextInt((int) EVERY_MS))
                        .due(atMs + random.nextInt((int) EVERY_MS))
                        .event());
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            long atMs = START_MS + random.nextInt(count) * EVERY_MS + random.nextInt((int) EVERY_MS);
            FactType type = STATUSES.get(random.nextInt(STATUSES.size()));
            events.add(NaiveEventDraft.of(type, atMs)
                    .due(atMs + random.nextInt((int) EVERY_MS))
                    .event());
        }
        if (random.nextBoolean()) {
            events.add(NaiveEventDraft.of(FactType.COMPLETED, START_MS + count * EVERY_MS)
                    .event());
        }
        return events;
    }

    private static List<NaiveEvent> shuffled(List<NaiveEvent> events, int seed) {
        Random random = new Random(seed);
        List<NaiveEvent> order = new ArrayList<>(events);
        for (NaiveEvent event : events) {
            if (random.nextInt(4) == 0) {
                order.add(event);
            }
        }
        Collections.shuffle(order, random);
        return order;
    }

    private static List<NaiveWarning> warningsOf(List<NaiveEvent> events) {
        RuledSubject one = new RuledSubject(new NaiveSettings(0, 0));
        for (NaiveEvent event : events) {
            one.arrive(event, NaiveMoment.unset());
            assertThat(one.state().facts()).hasSizeLessThanOrEqualTo(Bounds.MAX_FACTS);
        }
        one.look(NaiveMoment.at(END_MS));
        return one.view().orElseThrow().warnings();
    }
}
