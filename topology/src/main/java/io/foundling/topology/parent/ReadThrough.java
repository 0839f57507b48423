package io.foundling.topology.parent;

import io.foundling.topology.task.Interval;
import io.foundling.topology.task.SubjectPartition;
import io.foundling.topology.task.TaskClock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Up to when the closures of each partition have been read in this one, and how far this partition has sent its own
 * (rule P18). An answer is behind all closures that its task has sent, and carries the task's audit clock. So it proves
 * that the closures of all events up to that clock have been read, whoever lags. While no member waits for it, it costs
 * nothing; else, at most one small record a second for each pair of partitions. Kept in memory only, with the subjects
 * that wait, so that waiting costs no access to the store. For the stream thread of the ledger task.
 */
final class ReadThrough {

    /** How often a partition is asked, and answers. */
    private static final long INTERVAL_MS = 1_000;

    /** How many subjects are remembered that wait for an answer. */
    private static final int MAX_WAITING = 10_000;

    private final TaskClock clock;
    private final ClosureOutput output;
    private final SubjectPartition partitions;
    private final Map<Integer, Long> readThroughMs = new HashMap<>();
    private final Map<Integer, Interval> asked = new HashMap<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private final Queue<String> ready = new ArrayDeque<>();
    private final Interval answered = new Interval(INTERVAL_MS);
    private boolean isAsked;

    /**
     * Who waits for a partition.
     *
     * @param parentKey of one of the parents
     * @param limitsMs through which closures must be read, by subject key
     */
    private record Waiting(String parentKey, Map<String, Long> limitsMs) {}

    ReadThrough(TaskClock clock, ClosureOutput output, int partitions) {
        this.clock = clock;
        this.output = output;
        this.partitions = new SubjectPartition(partitions);
    }

    /** Returns up to when the closures of a parent have been read; {@link Long#MIN_VALUE} if that is not known. */
    long ofParent(String parentKey) {
        return readThroughMs.isEmpty()
                ? Long.MIN_VALUE
                : readThroughMs.getOrDefault(partitions.of(parentKey), Long.MIN_VALUE);
    }

    /** Remembers the answer of a partition, and who need not wait for it any more. */
    void answered(int partition, long sentThroughMs) {
        long throughMs = readThroughMs.merge(partition, sentThroughMs, Math::max);
        Waiting of = waiting.get(partition);
        if (of == null) {
            return;
        }
        for (Iterator<Map.Entry<String, Long>> each = of.limitsMs().entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Long> subject = each.next();
            if (subject.getValue() < throughMs) {
                ready.add(subject.getKey());
                each.remove();
            }
        }
    }

    /** Asks the partition of a parent, unless it was asked a moment ago. */
    void ask(String parentKey) {
        int partition = partitions.of(parentKey);
        if (asked.computeIfAbsent(partition, first -> new Interval(INTERVAL_MS)).next(clock.wallMs())) {
            output.ask(parentKey);
        }
    }

    /** Remembers that a subject waits until the closures of a parent are read through its limit, and asks for that. */
    void await(String subjectKey, String parentKey, long limitMs) {
        Map<String, Long> limitsMs = waiting.computeIfAbsent(
                        partitions.of(parentKey), first -> new Waiting(parentKey, new LinkedHashMap<>()))
                .limitsMs();
        // Further ones are looked at when their entries in the expiry index come up.
        if (limitsMs.containsKey(subjectKey) || remembered() < MAX_WAITING) {
            limitsMs.merge(subjectKey, limitMs, Math::min);
        }
        ask(parentKey);
    }

    private int remembered() {
        int subjects = ready.size();
        for (Waiting each : waiting.values()) {
            subjects += each.limitsMs().size();
        }
        return subjects;
    }

    /** Whether there is a subject that need not wait any more. */
    boolean isAnyReady() {
        return !ready.isEmpty();
    }

    /** Returns a subject that need not wait any more, and forgets it. */
    Optional<String> next() {
        return Optional.ofNullable(ready.poll());
    }

    /** Asks all partitions again for which somebody waits. */
    void askAgain() {
        waiting.values().removeIf(each -> each.limitsMs().isEmpty());
        waiting.values().forEach(each -> ask(each.parentKey()));
    }

    /** Remembers a question to this partition. */
    void asked() {
        isAsked = true;
    }

    /** Answers if somebody asked, unless this was answered a moment ago, or the audit clock is unset. */
    void answer() {
        long clockMs = clock.auditMs();
        if (isAsked && clockMs != Long.MIN_VALUE && answered.next(clock.wallMs())) {
            isAsked = false;
            output.answer(clockMs);
        }
    }
}
