package io.foundling.bench.expiry;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.task.ThreadTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/** Stores subjects that await, lets them all be due, and sweeps until a warning of each was emitted. */
final class ExpiryRun {

    private static final String TOPIC = "audit.events";
    private static final Producer PRODUCER = new Producer("bench", "1", "1", 0L);

    private final int subjects;
    private final Due due;
    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final BenchClock clock = new BenchClock();
    private final EmittedWarnings emitted = new EmittedWarnings();
    private final List<Partition> partitions = new ArrayList<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private int turns;
    private long cpuNanos;
    private long wallNanos;
    private long longestSweepNanos;
    private long longestTurnNanos;

    ExpiryRun(int count, int subjects, Due due) throws IOException {
        this.subjects = subjects;
        this.due = due;
        ThreadTime time = new ThreadTime(System::nanoTime);
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new Partition(partition, count, registry, clock, emitted, time));
        }
    }

    /** Returns a row of the table. */
    String measure() {
        store();
        clock.show(Due.allMs(subjects));
        while (emitted.count() < subjects) {
            turn();
        }
        partitions.forEach(Partition::close);
        return String.format(
                "| %d | %s | %,d | %,d | %.1f µs | %.1f µs | %.1f ms | %.1f ms |",
                partitions.size(),
                due.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                emitted.count(),
                turns,
                cpuNanos / 1e3 / subjects,
                wallNanos / 1e3 / subjects,
                longestSweepNanos / 1e6,
                longestTurnNanos / 1e6);
    }

    private void turn() {
        int before = emitted.count();
        long cpu = threads.getCurrentThreadCpuTime();
        long turn = 0;
        for (Partition partition : partitions) {
            long sweep = partition.punctuate();
            longestSweepNanos = Math.max(longestSweepNanos, sweep);
            turn += sweep;
        }
        cpuNanos += threads.getCurrentThreadCpuTime() - cpu;
        wallNanos += turn;
        longestTurnNanos = Math.max(longestTurnNanos, turn);
        turns++;
        if (emitted.count() == before) {
            throw new IllegalStateException("stuck at " + before + " of " + subjects);
        }
    }

    private void store() {
        try (AvroSerializer<AuditEvent> serializer = new AvroSerializer<>(registry)) {
            for (int number = 0; number < subjects; number++) {
                AuditEvent event = event(number);
                byte[] key = SubjectKey.of(event.getSubject()).getBytes(StandardCharsets.UTF_8);
                int partition = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
                partitions.get(partition).process(key, serializer.serialize(TOPIC, event));
            }
        }
    }

    private AuditEvent event(int number) {
        return new AuditEvent(
                new UUID(Due.START_MS << 16 | 0x7000, number),
                new Subject(SubjectKind.RECORD, "university", "declaration", "D-2026-" + number),
                null,
                null,
                Instant.ofEpochMilli(Due.START_MS),
                null,
                Map.of(),
                PRODUCER,
                null,
                new Deferred(Instant.ofEpochMilli(due.ofSubject(number)), null));
    }
}
