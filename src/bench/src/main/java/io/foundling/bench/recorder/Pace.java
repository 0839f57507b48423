package io.foundling.bench.recorder;

import io.foundling.audit.Subject;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Calls a contender from one thread at a fixed rate, spinning in between, and measures each call.
 *
 * <p>Calls that come due while another one takes long are made at once afterwards, so that a stall shows as one long
 * call and as calls that were not made in time, never as many long ones.
 */
final class Pace {

    /** Calls that take longer are stalls: no scheduler of an idle machine explains them. */
    private static final long STALL_NS = 10_000_000;

    private static final long INTERVAL_NS = 1_000_000_000L / Plan.CALLS_PER_SECOND;
    private static final long HIGHEST_NS = Duration.ofHours(1).toNanos();

    /** The number of the next event: no two cells share a subject. */
    private long next;

    /** Calls for this long and waits for the last call. */
    Latencies during(Contender contender, Duration time) {
        return CallerCore.call(() -> run(contender, Long.MAX_VALUE, time.toNanos()));
    }

    /** Makes this many calls, however long it takes. */
    Latencies times(Contender contender, long calls) {
        return CallerCore.call(() -> run(contender, calls, Long.MAX_VALUE));
    }

    private Latencies run(Contender contender, long calls, long limitNs) {
        Histogram histogram = new Histogram(HIGHEST_NS, 3);
        long stalledNs = 0;
        long allocated = 0;
        long begin = System.nanoTime();
        for (long i = 0; i < calls && awaitTurn(begin, i) < limitNs; i++) {
            long n = next++;
            Subject subject = Workload.subject(n);
            long allocatedBefore = ProcessFigures.allocatedByThisThread();
            long before = System.nanoTime();
            contender.call(n, subject);
            long tookNs = System.nanoTime() - before;
            allocated += ProcessFigures.allocatedByThisThread() - allocatedBefore;
            histogram.recordValue(tookNs);
            stalledNs += tookNs > STALL_NS ? tookNs : 0;
        }
        return new Latencies(
                histogram, Duration.ofNanos(stalledNs), allocated, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Returns how long the run has lasted when call {@code i} is due. */
    private static long awaitTurn(long begin, long i) {
        long dueNs = i * INTERVAL_NS;
        long passedNs = System.nanoTime() - begin;
        while (passedNs < dueNs) {
            Thread.onSpinWait();
            passedNs = System.nanoTime() - begin;
        }
        return passedNs;
    }
}
