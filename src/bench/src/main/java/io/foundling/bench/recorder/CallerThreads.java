package io.foundling.bench.recorder;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that call a contender at the same time: platform threads, or virtual ones if this JVM has them.
 *
 * @param kind how a table names them
 */
record CallerThreads(int count, String kind, Executor starting) {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** Small, because thousands of platform threads may call. */
    private static final long STACK_BYTES = 256 << 10;

    static CallerThreads platform(int count) {
        return new CallerThreads(
                count, "platform", task -> new Thread(null, task, "bench-caller", STACK_BYTES).start());
    }

    /**
     * Returns {@code count} virtual threads, or {@code platformCount} platform threads if the JVM has no virtual ones.
     */
    static CallerThreads virtual(int count, int platformCount) {
        if (Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS) {
            return platform(platformCount);
        }
        ThreadFactory factory = virtualThreads();
        return new CallerThreads(
                count, "virtual", task -> factory.newThread(task).start());
    }

    String label() {
        return count + " " + kind;
    }

    /** By name, because this code is compiled for Java 17. */
    private static ThreadFactory virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
