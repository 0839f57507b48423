package io.foundling.bench;

import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.LifecycleSettings;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.store.SubjectCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the cost of one event without Kafka and RocksDB: the rules for a subject of three facts, and encoding its
 * stored bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FoldBenchmark {

    private static final long START_MS = 1_767_614_400_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final String KEY = "record/s/t/1";

    private final Lifecycle lifecycle =
            new Lifecycle(new LifecycleSettings(6 * 3_600_000, DAY_MS, DAY_MS, DAY_MS, 60_000, 300_000, 5_000));
    private final Moment moment = new Moment(START_MS, START_MS, Delay.NONE);
    private final Arrival completed = arrival(FactType.COMPLETED, START_MS + 3_000);
    private final Disposition pending = pending();
    private final SubjectCodec codec = new SubjectCodec();
    private final byte[] stored = codec.encode(new LedgerEntry(pending, START_MS, true, pending.isOrphan(), false));

    private Disposition pending() {
        Disposition opened = lifecycle
                .onEvent(KEY, Disposition.NONE, arrival(FactType.DEFERRED, START_MS), moment, Parents.NONE)
                .state();
        return lifecycle
                .onEvent(KEY, opened, arrival(FactType.PENDING, START_MS + 1_000), moment, Parents.NONE)
                .state();
    }

    private static Arrival arrival(FactType type, long occurredAtMs) {
        UUID eventId = new UUID(occurredAtMs, type.ordinal());
        Deadline deadline = type.awaits() ? Deadline.ofPolicy("bench", occurredAtMs + DAY_MS, 0) : Deadline.NONE;
        Fact fact = new Fact(type, 0, occurredAtMs, eventId, "", deadline, FactTexts.NONE, FactNumbers.NONE);
        return new Arrival(Optional.of(fact), eventId, 0, occurredAtMs, Map.of(), List.of(), occurredAtMs);
    }

    @Benchmark
    public Decision decide() {
        return lifecycle.onEvent(KEY, pending, completed, moment, Parents.NONE);
    }

    @Benchmark
    public LedgerEntry decode() {
        return codec.decode(stored);
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(new LedgerEntry(pending, START_MS, true, pending.isOrphan(), false));
    }
}
