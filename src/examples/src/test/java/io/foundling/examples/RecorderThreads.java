package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The threads of the recorders that are made from now on. The broker's, which are in this JVM too, have other names.
 */
final class RecorderThreads {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Set<Long> earlier =
            Arrays.stream(THREADS.getAllThreadIds()).boxed().collect(Collectors.toSet());

    long count() {
        return cpuNanos().size();
    }

    /** Lets this time pass and returns how much they have computed meanwhile, all together. */
    Duration cpuTimeDuring(Duration time) {
        Map<Long, Long> before = cpuNanos();
        await().pollDelay(time).until(() -> true);
        Map<Long, Long> after = cpuNanos();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        return Duration.ofNanos(sum(after) - sum(before));
    }

    private static long sum(Map<Long, Long> nanos) {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<Long, Long> cpuNanos() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && isOfARecorder(thread))
                .filter(thread -> !earlier.contains(thread.getThreadId()))
                .collect(Collectors.toMap(
                        ThreadInfo::getThreadId, thread -> THREADS.getThreadCpuTime(thread.getThreadId())));
    }

    private static boolean isOfARecorder(ThreadInfo thread) {
        String name = thread.getThreadName();
        return name.equals("audit-recorder")
                || name.equals("audit-spool")
                || name.startsWith("kafka-producer-network-thread | audit-recorder");
    }
}
