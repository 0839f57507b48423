package io.foundling.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.harness.Names;
import io.foundling.topology.harness.SettableClock;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveDelays;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.store.LedgerStore;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The delays of the sources of a task. A failure names the seed. Proves rules T5 and T16. */
final class SourceDelaysTest {

    private static final int SEEDS = Integer.getInteger("scenarios", 200);
    private static final long START_MS = 1_767_614_400_000L;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long SIX_HOURS_MS = 6 * HOUR_MS;

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();
    private final SettableClock settable = new SettableClock();
    private final AuditClock clock = settable.open("0_0", Set.of());
    private SourceDelays delays = opened(START_MS);

    private SourceDelays opened(long startMs) {
        SourceDelays opened = new SourceDelays(
                clock, new LedgerStore(bytes, Names.limit()), Names.limit(), LateEvents.defaults(), startMs);
        return opened;
    }

    private long stored() {
        return new LedgerStore(bytes, Names.limit()).delays().size();
    }

    /** Restarts in between may make the ledger remember a lateness a minute longer, and never shorter. */
    @Test
    void shouldBeWhatTheNaiveRulesSayWhateverComesLate() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            bytes.all().forEachRemaining(each -> bytes.delete(each.key));
            delays = opened(START_MS);
            NaiveDelays naive = new NaiveDelays(MINUTE_MS, 10 * MINUTE_MS, SIX_HOURS_MS);
            boolean restarts = random.nextBoolean();
            long nowMs = START_MS;
            for (int step = 0; step < 60; step++) {
                nowMs += random.nextInt(4) * random.nextInt((int) (10 * MINUTE_MS));
                settable.setMs(nowMs - random.nextInt((int) MINUTE_MS));
                String source = "s" + random.nextInt(3);
                long latenessMs = lateness(random);
                delays.remember(source, nowMs, latenessMs);
                naive.read(source, nowMs, nowMs - latenessMs);
                if (random.nextInt(3) == 0) {
                    delays.forgetThoseThatAreOver();
                }
                if (restarts && random.nextInt(5) == 0) {
                    delays = opened(nowMs);
                }
                check(naive, "s" + random.nextInt(3), restarts, random, "seed " + seed + ", step " + step);
            }
        }
    }

    private static long lateness(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> MINUTE_MS + random.nextInt(2);
            case 2 -> random.nextInt((int) (20 * MINUTE_MS));
            case 3 -> SIX_HOURS_MS - 1 + random.nextInt(3);
            default -> random.nextLong(2_000 * 24 * HOUR_MS);
        };
    }

    private void check(NaiveDelays naive, String source, boolean restarts, Random random, String where) {
        long clockMs = clock.nowMs();
        Delay delay = delays.of(source);
        long spareMs = restarts ? MINUTE_MS : 0;
        assertThat(delay.atMs(clockMs))
                .as(where)
                .isBetween(naive.delayMs(source, clockMs), naive.delayMs(source, clockMs - spareMs));
        if (!restarts) {
            long timeMs = clockMs - random.nextInt(3) * random.nextInt((int) SIX_HOURS_MS);
            long givenMs = clockMs - random.nextInt((int) (2 * SIX_HOURS_MS));
            long dueMs = delay.dueMs(timeMs, givenMs, SIX_HOURS_MS);
            assertThat(clockMs > dueMs).as(where).isEqualTo(naive.isDue(source, timeMs, givenMs, clockMs));
            if (dueMs >= clockMs) {
                assertThat(naive.isDue(source, timeMs, givenMs, dueMs))
                        .as(where)
                        .isFalse();
                assertThat(naive.isDue(source, timeMs, givenMs, dueMs + 1))
                        .as(where)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldCountAnEventThatIsLaterThanLateAfter() {
        settable.setMs(START_MS);
        assertThat(delays.with("s", START_MS, MINUTE_MS).atMs(START_MS)).isZero();
        assertThat(delays.with("s", START_MS, MINUTE_MS + 1).atMs(START_MS)).isEqualTo(70_000);
        delays.remember("s", START_MS, MINUTE_MS);
        assertThat(delays.of("s")).isEqualTo(Delay.NONE);
        delays.remember("s", START_MS, MINUTE_MS + 1);
        assertThat(delays.of("s").atMs(START_MS)).isEqualTo(70_000);
        assertThat(delays.of("other")).isEqualTo(Delay.NONE);
        assertThat(delays.ofSubject("record/s/t/1")).isEqualTo(delays.of("s"));
    }

    @Test
    void shouldForgetTheDelayWhenItsTimeIsOver() {
        // Given
        settable.setMs(START_MS);
        delays.remember("s", START_MS, 2 * HOUR_MS);

        // When
        settable.setMs(START_MS + 2 * HOUR_MS + MINUTE_MS);
        delays.forgetThoseThatAreOver();
        boolean before = stored() == 1;
        settable.setMs(START_MS + 2 * HOUR_MS + MINUTE_MS + 1);
        delays.forgetThoseThatAreOver();

        // Then
        assertThat(before).isTrue();
        assertThat(delays.of("s")).isEqualTo(Delay.NONE);
        assertThat(stored()).isZero();
    }

    @Test
    void shouldRememberTheDelayAcrossARestart() {
        // Given
        settable.setMs(START_MS);
        delays.remember("s", START_MS, 2 * HOUR_MS);

        // When
        settable.setMs(AuditClock.UNSET);
        delays = opened(START_MS + HOUR_MS);

        // Then
        assertThat(delays.of("s").atMs(START_MS + 2 * HOUR_MS)).isEqualTo(Delay.rounded(2 * HOUR_MS));
        assertThat(delays.of("s").atMs(START_MS + 2 * HOUR_MS + MINUTE_MS + 1)).isZero();
    }

    @Test
    void shouldWriteOnceAMinuteWhenEveryEventComesLate() {
        // Given
        settable.setMs(START_MS);
        int writes = 0;
        Delay last = Delay.NONE;

        // When
        for (int second = 0; second < 600; second++) {
            settable.setMs(START_MS + second * 1_000L);
            delays.remember("s", START_MS + second * 1_000L, 70_000);
            delays.remember("punctual", START_MS + second * 1_000L, 1_000);
            Delay now = new LedgerStore(bytes, Names.limit()).delays().get("s");
            writes += now.equals(last) ? 0 : 1;
            last = now;
        }

        // Then
        assertThat(writes).isEqualTo(10);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void shouldKeepOneDelayForAllSourcesBeyondTheFirstThousand() {
        // Given
        settable.setMs(START_MS);
        for (int i = 0; i < Names.DEFAULT; i++) {
            delays.remember("s" + i, START_MS, 70_000);
        }

        // When
        delays.remember("one more", START_MS, 100_000);
        delays.remember("two more", START_MS, 120_000);

        // Then
        assertThat(delays.of("s7").atMs(START_MS)).isEqualTo(70_000);
        assertThat(delays.of("one more").atMs(START_MS)).isEqualTo(120_000);
        assertThat(delays.of("never seen").atMs(START_MS)).isEqualTo(120_000);
        assertThat(stored()).isEqualTo(Names.DEFAULT + 1);
    }

    @Test
    void shouldKeepWhatASourceHadInCommonWhenItGetsADelayOfItsOwn() {
        // Given
        settable.setMs(START_MS);
        delays.remember("short", START_MS, 70_000);
        for (int i = 1; i < Names.DEFAULT; i++) {
            delays.remember("s" + i, START_MS, HOUR_MS);
        }
        delays.remember("one more", START_MS, 3 * HOUR_MS);
        settable.setMs(START_MS + 20 * MINUTE_MS);
        delays.forgetThoseThatAreOver();

        // When
        delays.remember("one more", START_MS + 20 * MINUTE_MS, 70_000);

        // Then
        long laterMs = START_MS + 21 * MINUTE_MS;
        assertThat(delays.of("one more").atMs(laterMs)).isGreaterThanOrEqualTo(3 * HOUR_MS);
        assertThat(opened(laterMs).of("one more").atMs(laterMs)).isGreaterThanOrEqualTo(3 * HOUR_MS);
    }

    @Test
    void shouldForgetADelayOfItsOwnThatTheOneInCommonCovers() {
        // Given: enough of the thousand are over for others to have one of their own
        settable.setMs(START_MS);
        for (int i = 1; i < Names.DEFAULT; i++) {
            delays.remember("s" + i, START_MS, 70_000);
        }
        delays.remember("in common", START_MS, MINUTE_MS + 1);
        delays.remember("one more", START_MS, 3 * HOUR_MS);
        settable.setMs(START_MS + 20 * MINUTE_MS);
        delays.forgetThoseThatAreOver();

        // When
        for (int i = 0; i < 2 * Names.DEFAULT; i++) {
            delays.remember("t" + i, START_MS + 20 * MINUTE_MS, 70_000);
        }
        int atMost = delays.bySource().size();
        settable.setMs(START_MS + 4 * HOUR_MS);
        delays.forgetThoseThatAreOver();

        // Then
        assertThat(atMost).isEqualTo(Names.DEFAULT);
        assertThat(delays.bySource()).isEmpty();
        assertThat(stored()).isZero();
    }

    @Test
    void shouldJudgeNothingForAWhileWhenTheStoreIsThatOfAnEarlierVersion() {
        // Given
        bytes.all().forEachRemaining(each -> bytes.delete(each.key));
        bytes.put(Bytes.wrap(new byte[] {1, 'k'}), new byte[0]);
        settable.setMs(AuditClock.UNSET);

        // When
        delays = opened(START_MS);
        delays = opened(START_MS + MINUTE_MS);

        // Then
        assertThat(delays.of("s").atMs(START_MS)).isEqualTo(Times.NEVER);
        assertThat(delays.of("s").dueMs(5, 0, Long.MAX_VALUE)).isEqualTo(START_MS + 10 * MINUTE_MS);
        settable.setMs(START_MS + 10 * MINUTE_MS);
        assertThat(delays.ofSubject("record/s/t/1").atMs(clock.nowMs())).isEqualTo(Times.NEVER);
        settable.setMs(START_MS + 10 * MINUTE_MS + 1);
        assertThat(delays.ofSubject("record/s/t/1")).isEqualTo(Delay.NONE);
    }

    @Test
    void shouldJudgeAtOnceWhenTheStoreIsNew() {
        assertThat(delays.of("s")).isEqualTo(Delay.NONE);
        assertThat(opened(START_MS + HOUR_MS).of("s")).isEqualTo(Delay.NONE);
    }
}
