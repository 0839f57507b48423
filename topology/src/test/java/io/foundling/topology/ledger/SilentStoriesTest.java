package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A source that stops and comes back, again and again, with and without a spool, beside one that goes on, and with
 * restarts: which warnings count, and which are UNKNOWN, is what its records were really doing. A failure names the seed.
 * Proves rule T28.
 */
final class SilentStoriesTest {

    private static final int SEEDS = Math.max(1, Integer.getInteger("scenarios", 200) / 20);
    private static final SilenceSettings SILENCE =
            new SilenceSettings(Duration.ofMinutes(20), 5, Duration.ofMinutes(5));

    @Test
    void shouldCountWhatIsTrueWhateverStopsAndComesBack() {
        int unknown = 0;
        int confirmed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Story story = new Story(seed)) {
                story.play();
                unknown += story.unknown;
                confirmed += story.confirmed;
            }
        }
        assertThat(unknown).as("the seeds must show warnings that are UNKNOWN").isGreaterThan(10 * SEEDS);
        assertThat(confirmed).as("and some that are confirmed").isGreaterThan(SEEDS);
    }

    private static final class Story implements AutoCloseable {

        private static final String STOPS = "alpha";
        private static final String GOES_ON = "beta";

        private final int seed;
        private final Random random;
        private final LedgerHarness ledger = LedgerHarness.of(
                Settings.of(LedgerSettings.defaults("audit.events", 1)).silence(SILENCE));
        /** The limits of the records that await, as far as was reported, by key. */
        private final Map<String, Instant> awaiting = new TreeMap<>();

        private int number;
        private int unknown;
        private int confirmed;

        Story(int seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        void play() {
            live(Set.of(STOPS, GOES_ON), minutes(25, 40));
            for (int times = 0; times < 3; times++) {
                Instant lastHeard = report(STOPS);
                live(Set.of(GOES_ON), minutes(20, 60));
                checkWhileSilent(lastHeard);
                maybeRestart();
                Duration away = Duration.between(lastHeard, ledger.now());
                if (random.nextBoolean()) {
                    sendSpool(lastHeard, away);
                }
                Set<String> were = unknownOnes();
                // As long as the spool is old, and ten minutes at least, and again for what is rounded up.
                live(Set.of(STOPS, GOES_ON), away.multipliedBy(3).plusMinutes(15));
                checkWhileBothReport();
                were.retainAll(ledger.orphans().keySet());
                confirmed += were.size();
            }
        }

        private Duration minutes(int least, int most) {
            return Duration.ofMinutes(least + random.nextInt(most - least));
        }

        /** Lets time pass while some sources report, twice a minute each. */
        private void live(Set<String> sources, Duration duration) {
            Instant end = ledger.now().plus(duration);
            while (ledger.now().isBefore(end)) {
                sources.forEach(this::report);
                ledger.bothReach(afterNow(1));
            }
            // Nothing is due meanwhile, and all accounts are sent.
            for (int second = 0; second < 3; second++) {
                ledger.bothReach(ledger.now().plusSeconds(1));
            }
        }

        /** Returns the end of a half minute: limits and steps are such times. */
        private Instant afterNow(int halfMinutes) {
            long passed = Duration.between(LedgerHarness.START, ledger.now()).toSeconds() / 30;
            return LedgerHarness.START.plusSeconds(30 * (passed + halfMinutes));
        }

        /** Reports a new record, or that an old one is back, and returns when. */
        private Instant report(String source) {
            String old = awaiting.keySet().stream()
                    .filter(key -> key.startsWith("record/" + source + "/"))
                    .skip(random.nextInt(20))
                    .findFirst()
                    .orElse("");
            if (old.isEmpty() || random.nextInt(3) > 0) {
                String id = "r" + number++;
                Instant dueAt = afterNow(2 + random.nextInt(120));
                ledger.send(deferred(id).source(source).at(ledger.now()).dueAt(dueAt));
                awaiting.put(SubjectKey.of(SubjectKind.RECORD, source, Events.STAGE, id), dueAt);
            } else {
                complete(old, ledger.now());
            }
            return ledger.now();
        }

        private void complete(String key, Instant at) {
            awaiting.remove(key);
            ledger.send(completed(SubjectKey.parse(key).getId())
                    .source(SubjectKey.parse(key).getSource())
                    .at(at));
        }

        /** The source comes back with what it could not send, in order of time. */
        private void sendSpool(Instant lastHeard, Duration away) {
            Map<Instant, String> spool = new TreeMap<>();
            awaiting.keySet().stream()
                    .filter(key -> key.startsWith("record/" + STOPS + "/") && random.nextInt(3) == 0)
                    .forEach(key ->
                            spool.put(lastHeard.plusMillis((long) (random.nextDouble() * away.toMillis())), key));
            spool.forEach((at, key) -> complete(key, at));
        }

        private void maybeRestart() {
            if (random.nextInt(3) == 0) {
                ledger.restart();
                // What is sent before the clock is set is read all the same.
                ledger.bothReach(ledger.now().plusSeconds(1));
            }
        }

        private Set<String> unknownOnes() {
            Set<String> keys = new TreeSet<>();
            ledger.orphans().forEach((key, warning) -> {
                if (warning.getUnknown()) {
                    keys.add(key);
                }
            });
            return keys;
        }

        private Set<String> counted() {
            Set<String> keys = new TreeSet<>();
            ledger.orphans().forEach((key, warning) -> {
                if (!warning.getUnknown()) {
                    keys.add(key);
                }
            });
            return keys;
        }

        /** Returns the records that await and whose limit the clock has passed, since a time. */
        private Set<String> overdue(String source, Instant after, Instant until) {
            Set<String> keys = new TreeSet<>();
            awaiting.forEach((key, limit) -> {
                if (key.startsWith("record/" + source + "/") && limit.isAfter(after) && !limit.isAfter(until)) {
                    keys.add(key);
                }
            });
            return keys;
        }

        private Instant clock() {
            // Not yet past it: a limit is whole seconds, and so is the clock.
            return ledger.now().minus(ledger.settings().time().allowedLag()).minusMillis(1);
        }

        private void checkWhileSilent(Instant lastHeard) {
            Set<String> expected = overdue(GOES_ON, Instant.MIN, clock());
            expected.addAll(overdue(STOPS, Instant.MIN, lastHeard));
            assertThat(unknownOnes()).as("seed %d: UNKNOWN", seed).isEqualTo(overdue(STOPS, lastHeard, clock()));
            assertThat(counted()).as("seed %d: orphans while silent", seed).isEqualTo(expected);
            checkCounts();
            unknown += unknownOnes().size();
        }

        private void checkWhileBothReport() {
            Set<String> expected = overdue(GOES_ON, Instant.MIN, clock());
            expected.addAll(overdue(STOPS, Instant.MIN, clock()));
            assertThat(unknownOnes()).as("seed %d: none is UNKNOWN", seed).isEmpty();
            assertThat(counted()).as("seed %d: orphans", seed).isEqualTo(expected);
            checkCounts();
        }

        private void checkCounts() {
            for (String source : Set.of(STOPS, GOES_ON)) {
                Alert alert = ledger.alerts().get("orphaned/" + source + "/" + Events.STAGE);
                long counted = counted().stream()
                        .map(ledger.orphans()::get)
                        .map(OrphanWarning::getSubject)
                        .filter(subject -> subject.getSource().equals(source))
                        .count();
                assertThat(alert == null ? 0 : alert.getCount())
                        .as("seed %d: count of %s", seed, source)
                        .isEqualTo(counted);
            }
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
