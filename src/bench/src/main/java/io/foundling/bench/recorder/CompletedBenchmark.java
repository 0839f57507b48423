package io.foundling.bench.recorder;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.KafkaAuditRecorder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures {@code on(subject).parent(batch).completed()}, the most frequent call, and with {@code -prof gc} its garbage.
 * Nothing takes events from the queue, which has room for all of a run, so that time and garbage are those of the call
 * alone. It is never emptied and ends with its JVM; no broker is needed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 60)
@Measurement(iterations = 60)
public class CompletedBenchmark {

    private static final int CALLS = 20_000;
    private static final int ROOM = 4_000_000;

    private final Subject batch = new Subject(SubjectKind.BATCH, "university", "declaration", "2026-09-01/evening");
    private final Subject[] subjects =
            IntStream.range(0, 3_000).mapToObj(Workload::subject).toArray(Subject[]::new);
    private KafkaAuditRecorder recorder;

    @Setup(Level.Trial)
    public void start() {
        recorder = KafkaAuditRecorder.builder()
                .bootstrapServers("127.0.0.1:1")
                .schemaRegistryUrl("mock://bench")
                .service(Workload.SERVICE)
                .queue(ROOM, 1L << 34)
                .drainInterval(Duration.ZERO)
                .build();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void call(Blackhole hole) {
        for (int n = 0; n < CALLS; n++) {
            hole.consume(
                    recorder.on(subjects[n % subjects.length]).parent(batch).completed());
        }
    }
}
