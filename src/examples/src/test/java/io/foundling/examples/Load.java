package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.AuditRecorder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Four threads that report about a thousand events per second each, until they are stopped. */
final class Load implements AutoCloseable {

    private static final long PACE_NANOS = 1_000_000;

    private final List<Reports> reports;
    private final List<Thread> threads;
    private volatile boolean stopping;

    private Load(AuditRecorder recorder) {
        reports = IntStream.range(0, 4)
                .mapToObj(thread -> new Reports(recorder, "thread-" + thread))
                .toList();
        threads = reports.stream()
                .map(each -> new Thread(() -> work(each), "load"))
                .toList();
    }

    static Load on(AuditRecorder recorder) {
        Load load = new Load(recorder);
        load.threads.forEach(Thread::start);
        return load;
    }

    /** Once it has ended and the recorder is flushed: no call waited, and each event was written once and in order. */
    void requireUnharmed(WrittenEvents events) {
        Map<String, List<Integer>> reported = new TreeMap<>();
        reports.forEach(each -> reported.putAll(each.reported()));
        reports.forEach(Reports::requireEachAtOnce);
        assertThat(events.attempts()).isEqualTo(reported);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void work(Reports mine) {
        while (!stopping) {
            mine.report();
            LockSupport.parkNanos(PACE_NANOS);
        }
    }
}
