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
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Subjects that extend their deadline again and again. The naive rules keep every fact, so that they say what would be
 * right without a bound. Proves rule B7.
 */
final class HeartbeatsTest {

    private static final int EVERY_MS = 1_000;
    private static final int GRACE_MS = 7;
    private static final long START_MS = 10_000;
    private static final int[] COUNTS = {1, 2, 3, 31, 61, 62, 63, 64, 65, 66, 73, 100, 127, 128, 129, 183, 256, 500};
    private static final List<FactType> STATUSES = List.of(
            FactType.DEFERRED, FactType.PENDING, FactType.PENDING, FactType.RETRYING, FactType.OPENED, FactType.OPENED);
    private static final int SEEDS = Integer.getInteger("scenarios", 600);

    private final RuledSubject subject = new RuledSubject(new NaiveSettings(0, 0));

    @ParameterizedTest
    @ValueSource(doubles = {0.995, 1, 1.5, 2, 5, 10, 60})
    void shouldEmitNothingWhileHeartbeatsAreInTimeAndOneWarningOnceTheyStop(double leases) {
        for (int count : COUNTS) {
            // Given
            RuledSubject one = new RuledSubject(new NaiveSettings(0, 0));
            List<NaiveChange> changes = new ArrayList<>();
            for (NaiveEvent event : heartbeats(count, leases)) {
                changes.addAll(one.look(NaiveMoment.at(event.occurredAtMs())));
                changes.addAll(one.arrive(event, NaiveMoment.at(event.occurredAtMs())));
            }
            long limitMs = atMs(count) + lease(leases) + GRACE_MS;
            changes.addAll(one.look(NaiveMoment.at(limitMs)));

            // When
            List<NaiveChange> last = one.look(NaiveMoment.at(limitMs + 1));

            // Then
            assertThat(changes).as("%d heartbeats", count).isEmpty();
            assertThat(last).containsExactly(new NaiveChange(NaiveChange.Kind.EMITTED, 1, Status.OPEN, 0));
            assertThat(one.state().facts()).hasSizeLessThanOrEqualTo(Bounds.MAX_FACTS);
            assertThat(one.view().orElseThrow().deadlineMs()).isEqualTo(limitMs - GRACE_MS);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 5, 10, 60})
    void shouldWarnAsIfAllFactsWereKeptWhenHeartbeatsAreShuffledAndDuplicated(double leases) {
        for (int count : COUNTS) {
            long lastMs = atMs(count);
            long limitMs = lastMs + lease(leases) + GRACE_MS;
            long between = START_MS + (lastMs - START_MS) / 2 + 300;
            List<List<NaiveEventDraft>> endings = List.of(
                    List.of(),
                    List.of(of(FactType.COMPLETED, limitMs)),
                    List.of(of(FactType.COMPLETED, limitMs + 1)),
                    List.of(of(FactType.COMPLETED, between)),
                    List.of(of(FactType.PENDING, between).due(between + EVERY_MS)),
                    List.of(of(FactType.PENDING, between), of(FactType.COMPLETED, lastMs + 1)),
                    List.of(
                            of(FactType.RETRYING, between),
                            of(FactType.OPENED, between + 1).due(between + 2)));
            for (List<NaiveEventDraft> ending : endings) {
                List<NaiveEvent> events = new ArrayList<>(heartbeats(count, leases));
                ending.forEach(draft -> events.add(draft.grace(GRACE_MS).event()));
                List<NaiveWarning> expected =
                        NaiveSubject.expectedWarnings(NaiveSubject.distinctFacts(events), limitMs + 100_000);

                // When
                List<NaiveWarning> warnings = warningsOf(shuffled(events, count), limitMs + 100_000);

                // Then
                assertThat(briefly(warnings))
                        .as("%d heartbeats and ending %d", count, endings.indexOf(ending))
                        .isEqualTo(briefly(expected));
            }
        }
    }

    @Test
    void shouldMakeUpNoOrphanWhenHeartbeatsHaveGapsAndStatusesInAnyOrder() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<NaiveEvent> events = scenario(new Random(seed));
            List<NaiveWarning> expected = NaiveSubject.expectedWarnings(NaiveSubject.distinctFacts(events), 9_000_000);

            // When
            List<NaiveWarning> warnings = warningsOf(shuffled(events, seed), 9_000_000);

            // Then
            assertThat(OverdueTimes.madeUp(warnings, expected))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void shouldEmitAndRecoverEachWhenEveryHeartbeatComesTooLate() {
        // Given
        List<NaiveChange> changes = new ArrayList<>();

        // When
        for (NaiveEvent event : heartbeats(300, 0.5)) {
            changes.addAll(subject.look(NaiveMoment.at(event.occurredAtMs())));
            changes.addAll(subject.arrive(event, NaiveMoment.at(event.occurredAtMs())));
        }

        // Then
        List<NaiveChange> expected = IntStream.range(0, 300)
                .boxed()
                .flatMap(number -> List.of(
                        new NaiveChange(NaiveChange.Kind.EMITTED, 1, Status.OPEN, number),
                        new NaiveChange(NaiveChange.Kind.RECOVERED, 1, Status.OPEN, number))
                        .stream())
                .toList();
        assertThat(changes).isEqualTo(expected);
        assertThat(subject.state().warnings()).hasSizeLessThan(Bounds.MAX_FACTS);
    }

    @Test
    void shouldChangeNothingWhenAJoinedHeartbeatIsReadAgain() {
        // Given
        List<NaiveEvent> events = heartbeats(100, 5);
        events.forEach(event -> subject.arrive(event, NaiveMoment.unset()));
        Disposition before = subject.state();

        // When
        events.forEach(event -> subject.arrive(event, NaiveMoment.unset()));

        // Then
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    void shouldKeepOneChainAndTheNewestHeartbeatsWhenTheyAreInTime() {
        // When
        heartbeats(1_000, 5).forEach(event -> subject.arrive(event, NaiveMoment.unset()));

        // Then
        List<Fact> facts = subject.state().facts();
        assertThat(facts).hasSize(Bounds.MAX_FACTS);
        assertThat(facts.get(1).chain()).isEqualTo(new Chain(atMs(1), 0));
        assertThat(facts.get(1).occurredAtMs()).isEqualTo(atMs(1_000 - 62));
        assertThat(facts.subList(2, 64)).allMatch(fact -> fact.chain().equals(Chain.NONE));
    }

    private static List<NaiveEvent> heartbeats(int count, double leases) {
        List<NaiveEvent> events = new ArrayList<>();
        events.add(of(FactType.OPENED, START_MS)
                .due(START_MS + lease(leases))
                .grace(GRACE_MS)
                .event());
        for (int i = 1; i <= count; i++) {
            events.add(
                    of(FactType.EXTENDED, atMs(i)).due(atMs(i) + lease(leases)).event());
        }
        return events;
    }

    /** Up to three attempts, numbered or not, which heartbeats with some gaps go through. */
    private static List<NaiveEvent> scenario(Random random) {
        int count = 1 + random.nextInt(random.nextBoolean() ? 300 : 100);
        boolean numbered = random.nextInt(3) == 0;
        int gaps = random.nextInt(3) * random.nextInt(20);
        long spanMs = (count + gaps) * 100L;
        List<NaiveEvent> events = new ArrayList<>();
        events.add(of(FactType.OPENED, START_MS)
                .attempt(numbered ? 1 : 0)
                .due(START_MS + 150)
                .event());
        for (int i = 0; i < count; i++) {
            long atMs = START_MS + (long) (random.nextDouble() * spanMs);
            events.add(of(FactType.EXTENDED, atMs)
                    .attempt(numbered ? 1 + random.nextInt(2) : 0)
                    .due(atMs + random.nextInt(1 + random.nextInt(1_000)))
                    .event());
        }
        int statuses = random.nextInt(6);
        for (int i = 0; i < statuses; i++) {
            long atMs = START_MS + random.nextInt((int) spanMs + 500);
            FactType type = random.nextInt(4) == 0 ? FactType.COMPLETED : STATUSES.get(random.nextInt(STATUSES.size()));
            events.add(of(type, atMs)
                    .attempt(numbered ? 1 + random.nextInt(3) : 0)
                    .due(type.awaits() ? atMs + random.nextInt(400) : Times.NEVER)
                    .grace(type.awaits() ? random.nextInt(20) : 0)
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

    private static List<NaiveWarning> warningsOf(List<NaiveEvent> events, long clockMs) {
        RuledSubject one = new RuledSubject(new NaiveSettings(0, 0));
        for (NaiveEvent event : events) {
            one.arrive(event, NaiveMoment.unset());
            assertThat(one.state().facts()).hasSizeLessThanOrEqualTo(Bounds.MAX_FACTS);
        }
        one.look(NaiveMoment.at(clockMs));
        return one.view().orElseThrow().warnings();
    }

    /** A chain may leave numbers out, and does not know when the last of its extensions began to wait. */
    private static List<String> briefly(Collection<NaiveWarning> warnings) {
        return warnings.stream()
                .map(warning -> "%d %s due %d recovered %d"
                        .formatted(warning.attempt(), warning.status(), warning.deadlineMs(), warning.recoveredAtMs()))
                .toList();
    }

    private static NaiveEventDraft of(FactType type, long occurredAtMs) {
        return NaiveEventDraft.of(type, occurredAtMs);
    }

    private static long atMs(int heartbeat) {
        return START_MS + (long) heartbeat * EVERY_MS;
    }

    private static long lease(double leases) {
        return (long) (leases * EVERY_MS);
    }
}
