package io.foundling.service.runtime;

import io.foundling.schemas.failure.Causes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source partitions that do not answer, and what is logged of them: each change once. For the prober's thread. */
final class SilentPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(SilentPartitions.class);

    /** A shorter silence is not logged: a leader moves, or a commit is pending. */
    private static final long SHORT_MS = 2_000;

    private final Map<TopicPartition, Silence> silent = new LinkedHashMap<>();
    private Set<TopicPartition> reported = Set.of();

    /** Since when a partition does not answer, and why. */
    private record Silence(long sinceMs, String reason) {}

    void answered(TopicPartition partition) {
        silent.remove(partition);
    }

    void failed(TopicPartition partition, long askedAtMs, Throwable failure) {
        silent.putIfAbsent(partition, new Silence(askedAtMs, Causes.sentence(failure)));
    }

    /** Logs which partitions stopped answering, and which answer again, since the last report. */
    void report(Set<TopicPartition> open, long nowMs) {
        silent.keySet().retainAll(open);
        Map<TopicPartition, Silence> now = new LinkedHashMap<>(silent);
        now.values().removeIf(silence -> nowMs - silence.sinceMs() < SHORT_MS);
        if (!reported.containsAll(now.keySet())) {
            Map.Entry<TopicPartition, Silence> first = now.entrySet().iterator().next();
            LOG.warn(
                    "{} of {} source partitions do not answer how far they reach, so the audit clocks of their tasks are"
                            + " paused, among them {}: {}",
                    now.size(),
                    open.size(),
                    first.getKey(),
                    first.getValue().reason());
        } else if (now.size() < reported.size()) {
            LOG.info(
                    "{} source partitions answer again, {} do not; the audit clocks of those that answer run again",
                    reported.size() - now.size(),
                    now.size());
        }
        reported = Set.copyOf(now.keySet());
    }
}
