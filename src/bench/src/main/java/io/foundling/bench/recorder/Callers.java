package io.foundling.bench.recorder;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Threads that report events without a pause between calls. */
final class Callers {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How many numbers the callers take at once together, in blocks, so that they do not contend for them. */
    private static final int BLOCKS = 30_000;

    /** A block has whole records, three events each. Many callers take small ones, so that all end at the same time. */
    private static final int SMALLEST_BLOCK = 3;

    private static final int LARGEST_BLOCK = 300;

    private final Contender contender;
    private final CallerThreads threads;
    private final int block;
    private final AtomicLong blocks = new AtomicLong();

    Callers(Contender contender, CallerThreads threads) {
        this.contender = contender;
        this.threads = threads;
        block = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, BLOCKS / threads.count() / 3 * 3));
    }

    /** Calls for this long and then waits until every event is acknowledged. */
    Burst burst(Duration time) {
        long lostBefore = contender.lost();
        Duration cpuBefore = ProcessFigures.cpu();
        long begin = System.nanoTime();
        List<CompletableFuture<Long>> callers = Stream.generate(() -> start(begin + time.toNanos()))
                .limit(threads.count())
                .toList();
        long events = callers.stream().mapToLong(CompletableFuture::join).sum();
        if (!contender.settle(PATIENCE)) {
            throw new IllegalStateException("Events were still not acknowledged after " + PATIENCE);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Burst(events, took, ProcessFigures.cpu().minus(cpuBefore), contender.lost() - lostBefore);
    }

    private CompletableFuture<Long> start(long endNs) {
        return CompletableFuture.supplyAsync(() -> callUntil(endNs), threads.starting());
    }

    private long callUntil(long endNs) {
        long calls = 0;
        while (System.nanoTime() - endNs < 0) {
            long first = blocks.getAndIncrement() * block;
            for (long n = first; n < first + block; n++) {
                contender.call(n, Workload.subject(n));
            }
            calls += block;
        }
        return calls;
    }
}
