package io.foundling.bench.recorder;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Threads that report events without a pause. */
final class Callers {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Numbers are taken in blocks, so that callers do not contend for them. */
    private static final int BLOCK = 300;

    private final Contender contender;
    private final int threads;
    private final AtomicLong blocks = new AtomicLong();

    Callers(Contender contender, int threads) {
        this.contender = contender;
        this.threads = threads;
    }

    /** Calls for this long and then waits until every event is acknowledged. */
    Burst burst(Duration time) {
        long lostBefore = contender.lost();
        Duration cpuBefore = ProcessFigures.cpu();
        long begin = System.nanoTime();
        List<CompletableFuture<Long>> callers = Stream.generate(() -> start(begin + time.toNanos()))
                .limit(threads)
                .toList();
        long events = callers.stream().mapToLong(CompletableFuture::join).sum();
        if (!contender.settle(PATIENCE)) {
            throw new IllegalStateException("Events were still not acknowledged after " + PATIENCE);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Burst(events, took, ProcessFigures.cpu().minus(cpuBefore), contender.lost() - lostBefore);
    }

    private CompletableFuture<Long> start(long endNs) {
        return CompletableFuture.supplyAsync(() -> callUntil(endNs), task -> new Thread(task, "bench-caller").start());
    }

    private long callUntil(long endNs) {
        long calls = 0;
        while (System.nanoTime() - endNs < 0) {
            long first = blocks.getAndIncrement() * BLOCK;
            for (long n = first; n < first + BLOCK; n++) {
                contender.call(n, Workload.subject(n));
            }
            calls += BLOCK;
        }
        return calls;
    }
}
