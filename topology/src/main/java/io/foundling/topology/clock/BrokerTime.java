package io.foundling.topology.clock;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the clocks of the brokers are ahead of the monotonic clock of this machine. A record at or past a high
 * watermark was appended after the broker had been asked for that, and before it was read. So its append time bounds
 * the difference from both sides (as in Cristian, Probabilistic clock synchronization, 1989). The leader of each
 * partition bounds it for itself, and the median counts: one wrong broker among several does not. While no partition
 * has bounds, those of the controller count. Thread-safe.
 */
public final class BrokerTime {

    private final LongSupplier monotonicNanos;
    private final Map<TopicPartition, Leader> leaders = new HashMap<>();
    private Optional<ClockBounds> controller = Optional.empty();

    /** When the broker was asked for the end of a partition, and what it answered. */
    private record Question(long askedMs, long highWatermark) {}

    /** What is known of the leader of one partition. Two questions: a record may be before the answer to the last. */
    private static final class Leader {
        private Question last = new Question(0, Long.MAX_VALUE);
        private Question before = last;
        private Optional<ClockBounds> bounds = Optional.empty();
    }

    public BrokerTime(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
    }

    /** Returns the time of the monotonic clock. */
    public long monotonicMs() {
        return Math.floorDiv(monotonicNanos.getAsLong(), 1_000_000L);
    }

    /**
     * Says where a partition ended.
     *
     * @param askedMs monotonic time before the question
     */
    public synchronized void ends(TopicPartition partition, long askedMs, long highWatermark) {
        Leader leader = leaders.computeIfAbsent(partition, unknown -> new Leader());
        leader.before = leader.last;
        leader.last = new Question(askedMs, highWatermark);
    }

    /** Says that a record has been read which its broker stamped when it was appended. */
    public synchronized void read(TopicPartition partition, long offset, long appendedAtMs) {
        Leader leader = leaders.get(partition);
        if (leader == null) {
            return;
        }
        Question asked = leader.last.highWatermark() <= offset ? leader.last : leader.before;
        if (asked.highWatermark() > offset) {
            return;
        }
        ClockBounds found = bounds(appendedAtMs, asked.askedMs());
        leader.bounds =
                Optional.of(leader.bounds.map(known -> known.narrowedBy(found)).orElse(found));
    }

    /**
     * Says what time the controller answered just now.
     *
     * @param askedMs monotonic time before the question
     */
    public synchronized void controller(long askedMs, long answeredMs) {
        ClockBounds found = bounds(answeredMs, askedMs);
        controller =
                Optional.of(controller.map(known -> known.narrowedBy(found)).orElse(found));
    }

    /** Forgets everything, because the monotonic clock may have stood still. */
    synchronized void forget() {
        leaders.clear();
        controller = Optional.empty();
    }

    /** Returns between which values the brokers are ahead of the monotonic clock; empty if nothing says so. */
    synchronized Optional<ClockBounds> bounds() {
        List<ClockBounds> known = leaders.values().stream()
                .flatMap(leader -> leader.bounds.stream())
                .toList();
        return known.isEmpty()
                ? controller
                : Optional.of(new ClockBounds(median(known, ClockBounds::leastMs), median(known, ClockBounds::mostMs)));
    }

    private ClockBounds bounds(long brokerMs, long askedMs) {
        return new ClockBounds(brokerMs - monotonicMs(), brokerMs - askedMs);
    }

    /** Of an even number the lower one: a clock that is behind makes warnings late, one that is ahead makes false ones. */
    private static long median(Collection<ClockBounds> bounds, ToLongFunction<ClockBounds> of) {
        return bounds.stream()
                .mapToLong(of)
                .sorted()
                .skip((bounds.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
