package io.foundling.topology.task;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/**
 * How long the tasks of a stream thread may be busy with what is due in one turn, and into how many parts that is
 * divided (rule B6). One transaction spans all tasks of a thread, and must end long before its timeout of 10 s. Time is
 * measured by a clock of its own: the wall time of Kafka Streams does not move while a punctuator runs. Thread-safe.
 */
public final class ThreadTime {

    public static final Duration MAX = Duration.ofMillis(1_500);

    private final LongSupplier nanoTime;

    /** How many tasks are open, by their thread; a thread that died without closing its tasks is forgotten. */
    private final Map<Thread, Integer> tasks = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param nanoTime monotonic time */
    public ThreadTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Begins to count a task of the calling thread, until the time that is returned is closed. */
    public BusyTime open() {
        Thread thread = Thread.currentThread();
        tasks.merge(thread, 1, Integer::sum);
        return new BusyTime(this, thread);
    }

    void close(Thread thread) {
        tasks.computeIfPresent(thread, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Returns how long one task of a thread may be busy in one turn. */
    long partNanos(Thread thread) {
        return MAX.toNanos() / tasks.getOrDefault(thread, 1);
    }

    long nanos() {
        return nanoTime.getAsLong();
    }
}
