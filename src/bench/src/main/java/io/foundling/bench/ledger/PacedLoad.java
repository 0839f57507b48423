package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Writes events at an even rate, on a thread of its own, about records that nobody wrote of before. */
final class PacedLoad {

    private final CompletableFuture<Double> rate;

    private PacedLoad(CompletableFuture<Double> rate) {
        this.rate = rate;
    }

    /**
     * @param records how many the sink was given before
     * @param rate events a second
     */
    static PacedLoad start(Consumer<AuditEvent> sink, long records, int rate, Duration time) {
        return new PacedLoad(CompletableFuture.supplyAsync(() -> write(sink, records, rate, time), task -> {
            Thread thread = new Thread(task, "load");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /**
     * Waits for its end, and returns how many events a second were written.
     *
     * @throws BenchFailure if not all were
     */
    double end() {
        try {
            return rate.join();
        } catch (CompletionException failed) {
            throw new BenchFailure("The load could not be written: " + failed.getCause());
        }
    }

    private static double write(Consumer<AuditEvent> sink, long records, int rate, Duration time) {
        long events = rate * time.toSeconds();
        long begunNs = System.nanoTime();
        AtomicLong written = new AtomicLong();
        LedgerLoad.after(LedgerPlan.of(events), records, event -> {
                    Pacing.await(begunNs + written.getAndIncrement() * 1_000_000_000L / rate);
                    sink.accept(event);
                })
                .make();
        return events * 1e9 / (System.nanoTime() - begunNs);
    }
}
