package io.foundling.console.model.query;

import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The audit clocks by which the ledger judges, as its tasks reported them last. A task has the partitions of one number of
 * all topics that are keyed by subject, and its name ends with that number. Of tasks with the same number, such as those
 * of an earlier version whose reports remain, the later clock counts.
 */
final class JudgedClocks {

    /** In place of a source: the task itself, and the sources that have a delay in common. */
    private static final String TASK_ITSELF = "";

    /** In place of a task of which nothing is reported. */
    private final long nowMs;

    private final Map<Integer, Map<String, Clock>> reported;

    /** A clock, and how late the events of a source are appended. */
    record Clock(long ms, Delay delay) {

        private Clock later(Clock other) {
            return ms >= other.ms ? this : other;
        }
    }

    private JudgedClocks(long nowMs, Map<Integer, Map<String, Clock>> reported) {
        this.nowMs = nowMs;
        this.reported = reported;
    }

    /** @param now counts where a task has reported nothing yet */
    static JudgedClocks read(Handle handle, Instant now) {
        Map<Integer, Map<String, Clock>> reported = new HashMap<>();
        handle.createQuery("SELECT task, source, clock_ms, delay_ms FROM clock WHERE clock_ms IS NOT NULL")
                .map((row, context) -> reported.computeIfAbsent(
                                partition(row.getString("task")), first -> new HashMap<>())
                        .merge(
                                row.getString("source"),
                                new Clock(row.getLong("clock_ms"), delay(row.getLong("delay_ms"))),
                                Clock::later))
                .list();
        return new JudgedClocks(now.toEpochMilli(), reported);
    }

    private static int partition(String task) {
        try {
            return Integer.parseInt(task.substring(task.lastIndexOf('_') + 1));
        } catch (NumberFormatException noTask) {
            return -1;
        }
    }

    /** For how long a delay is remembered is not published. */
    private static Delay delay(long delayMs) {
        return delayMs == 0 ? Delay.NONE : new Delay(List.of(new Delay.Step(delayMs, Times.NEVER)));
    }

    /** Returns the clock by which subjects of a source are judged whose disposition is in a partition. */
    Clock of(int partition, String source) {
        Map<String, Clock> ofTask = reported.getOrDefault(partition, Map.of());
        Clock itself = ofTask.getOrDefault(TASK_ITSELF, new Clock(nowMs, Delay.NONE));
        Clock ofSource = ofTask.get(source);
        return ofSource == null ? itself : new Clock(Math.max(itself.ms(), ofSource.ms()), ofSource.delay());
    }
}
