package io.foundling.topology.silence;

import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.harness.Names;
import io.foundling.topology.harness.SettableClock;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.harness.StoreTap;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import io.foundling.topology.task.ThreadTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** What several partitions know of their sources. What one sends, all read at once, unless one is cut off. */
final class ListeningPartitions {

    static final long START_MS = 1_767_571_200_000L; // Monday, 5 January 2026, 00:00 UTC
    static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private LedgerSettings settings;
    private final int maxSources;
    private final List<StoreTap> taps = new ArrayList<>();
    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();
    private final List<Set<String>> reported = new ArrayList<>();
    private final List<SettableClock> clocks = new ArrayList<>();
    private final List<Silences> partitions = new ArrayList<>();
    private final List<SourceDelays> delays = new ArrayList<>();
    private final List<HeardNote> sent = new ArrayList<>();
    private final Set<Integer> lagging = new TreeSet<>();
    private final BusyTime busy = new ThreadTime(this::nanoTime).open();
    private boolean isInAHurry;
    private long nanos;
    private long nowMs = START_MS;

    ListeningPartitions(int count, SilenceSettings silence) {
        this(count, silence, Integer.MAX_VALUE);
    }

    /** @param maxSources how many sources have a place */
    ListeningPartitions(int count, SilenceSettings silence, int maxSources) {
        this(Settings.of(LedgerSettings.defaults("audit.events", count)).silence(silence), maxSources);
    }

    ListeningPartitions(LedgerSettings settings, int maxSources) {
        this.maxSources = maxSources;
        this.settings = settings;
        for (int partition = 0; partition < settings.topics().partitions(); partition++) {
            taps.add(new StoreTap(Stores.inMemoryKeyValueStore("ledger-store")));
            stores.add(taps.get(partition).get());
            reported.add(new TreeSet<>());
            clocks.add(new SettableClock());
            delays.add(null);
            partitions.add(opened(partition));
        }
    }

    private Silences opened(int partition) {
        KeyValueStore<Bytes, byte[]> store = stores.get(partition);
        AuditClock audit = clocks.get(partition).open("0_" + partition, Set.of());
        delays.set(
                partition,
                new SourceDelays(
                        audit, new LedgerStore(store, Names.limit()), Names.limit(), settings.lateEvents(), nowMs));
        return new Silences(
                new TaskClock(() -> nowMs, audit),
                busy,
                partition,
                settings,
                new NameLimit(maxSources, (use, name) -> {}),
                StoredEntries.of(store),
                delays.get(partition),
                accounts(partition),
                new Output(reported.get(partition)));
    }

    /** Lets all read each note, and keeps the names of the sources that one partition reports as silent. */
    private final class Output implements SilenceOutput {

        private final Set<String> silent;

        Output(Set<String> silent) {
            this.silent = silent;
        }

        @Override
        public void send(HeardNote note) {
            sent.add(note);
            read(note);
        }

        @Override
        public void silent(String source, boolean isSilent) {
            if (!(isSilent ? silent.add(source) : silent.remove(source))) {
                throw new AssertionError("it was reported already that " + source + " is silent: " + isSilent);
            }
        }
    }

    private AccountStore accounts(int partition) {
        return new AccountStore(stores.get(partition), partition, Names.limit());
    }

    private long nanoTime() {
        nanos += isInAHurry ? ThreadTime.MAX.toNanos() : 0;
        return nanos;
    }

    /** From now on the time of a turn is over after the first source that is judged in it. */
    void hurry() {
        isInAHurry = true;
    }

    long nowMs() {
        return nowMs;
    }

    StoreTap store(int partition) {
        return taps.get(partition);
    }

    /** Returns what the partitions have sent. */
    List<HeardNote> sent() {
        return sent;
    }

    /** Lets every partition read a note. */
    void read(HeardNote note) {
        List.copyOf(partitions).forEach(each -> each.read(note));
    }

    Silences at(int partition) {
        return partitions.get(partition);
    }

    long delayMs(int partition, String source) {
        return delays.get(partition).of(source).atMs(nowMs);
    }

    void hear(int partition, String source) {
        hear(partition, source, Duration.ZERO);
    }

    void hear(int partition, String source, Duration lateness) {
        partitions.get(partition).heard(source, nowMs, lateness.toMillis());
    }

    /** Lets the clocks that do not lag show a time, and every partition have two turns. */
    void clockReaches(long clockMs) {
        clockShows(clockMs);
        turn();
        // What was sent last is read by now.
        turn();
    }

    /** Lets the clocks that do not lag show a time. */
    void clockShows(long clockMs) {
        nowMs = clockMs;
        for (int partition = 0; partition < partitions.size(); partition++) {
            if (!lagging.contains(partition)) {
                clocks.get(partition).setMs(clockMs);
            }
        }
    }

    void turn() {
        for (Silences each : partitions) {
            busy.beginTurn(1);
            each.run();
        }
    }

    /** Lets time pass in steps of a minute. */
    void stayQuiet(Duration duration) {
        long endMs = nowMs + duration.toMillis();
        while (nowMs < endMs) {
            clockReaches(Math.min(endMs, nowMs + MINUTE_MS));
        }
    }

    /** Has a source be heard once every so often, in one partition after the other, for a while. */
    void hear(String source, Duration every, Duration duration) {
        long endMs = nowMs + duration.toMillis();
        for (int number = 0; nowMs < endMs; number++) {
            hear(number % partitions.size(), source);
            clockReaches(Math.min(endMs, nowMs + every.toMillis()));
        }
    }

    void lag(int partition) {
        lagging.add(partition);
    }

    void catchUp(int partition) {
        lagging.remove(partition);
    }

    void restart(int partition) {
        clocks.get(partition).setMs(AuditClock.UNSET);
        reported.get(partition).clear();
        partitions.set(partition, opened(partition));
    }

    /** Restarts a partition with other settings. */
    void restart(int partition, SilenceSettings silence) {
        settings = Settings.of(settings).silence(silence);
        restart(partition);
    }

    /** Returns in which partitions a source is silent. */
    Set<Integer> silent(String source) {
        Set<Integer> silent = new TreeSet<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            boolean is = partitions
                            .get(partition)
                            .of("record/" + source + "/stage/r1")
                            .sinceMs()
                    != Times.NEVER;
            if (is != accounts(partition).isCounted(Group.silentSource(source), "partition " + partition)
                    || is != reported.get(partition).contains(source)) {
                throw new AssertionError(
                        "partition " + partition + " counts or reports " + source + " otherwise than it knows it");
            }
            if (is) {
                silent.add(partition);
            }
        }
        return silent;
    }

    long silentSinceMs(String source) {
        return partitions.get(0).of("record/" + source + "/stage/r1").sinceMs();
    }

    /** Returns how many sources a partition knows. */
    long known(int partition) {
        return entries(partition, (byte) 0x4a);
    }

    /** Returns how many entries the store of a partition holds about sources that were heard. */
    long stored(int partition) {
        return known(partition) + entries(partition, (byte) 0x4b);
    }

    private long entries(int partition, byte kind) {
        List<Byte> kinds = new ArrayList<>();
        stores.get(partition).all().forEachRemaining(each -> kinds.add(each.key.get()[0]));
        return kinds.stream().filter(each -> each == kind).count();
    }
}
