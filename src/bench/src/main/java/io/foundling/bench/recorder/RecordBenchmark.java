package io.foundling.bench.recorder;

import io.foundling.audit.Subject;
import io.foundling.client.KafkaAuditRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures one call to a recorder with room in its queue. An iteration is a fixed number of calls on an empty queue.
 * The queue is emptied afterwards, outside the measured time, so that no result depends on the speed of a broker.
 *
 * <p>Run it in {@code src/bench}, with {@code -Dfoundling.local.registry} set.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 20)
@Measurement(iterations = 30)
public class RecordBenchmark {

    private static final int CALLS = 192_000;

    /** resting: no thread takes events from the queue meanwhile; sending: they are sent to a broker. */
    @Param({"resting", "sending"})
    public String drain;

    private Lab lab;
    private KafkaAuditRecorder recorder;
    private final Subject[] subjects = subjects();

    /** A resting recorder has no thread: its queue is emptied by the flush after each iteration. */
    @Setup(Level.Trial)
    public void start() {
        lab = new Lab(Path.of("target"), Plan.full());
        Site site = lab.site(lab.broker(Duration.ZERO));
        Duration interval = drain.equals("resting") ? Duration.ZERO : Duration.ofMillis(5);
        recorder = site.recorder()
                .queue(2 * CALLS, 1L << 30)
                .drainInterval(interval)
                .build();
    }

    @TearDown(Level.Iteration)
    public void emptyQueue() {
        if (!recorder.flush(Duration.ofMinutes(1))) {
            throw new IllegalStateException("The queue could not be emptied");
        }
    }

    @TearDown(Level.Trial)
    public void stop() {
        recorder.close(Duration.ofSeconds(1));
        lab.close();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void call(Blackhole hole) {
        for (int n = 0; n < CALLS; n++) {
            hole.consume(Workload.report(recorder, n, subjects[n % subjects.length]));
        }
    }

    private static Subject[] subjects() {
        Subject[] subjects = new Subject[3_000];
        for (int n = 0; n < subjects.length; n++) {
            subjects[n] = Workload.subject(n);
        }
        return subjects;
    }
}
