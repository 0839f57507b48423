package io.foundling.topology.clock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * How far one life of a task has read one source partition, and which proofs that satisfies. The stream thread reports
 * polls and processed records, the prober thread start offset and proofs.
 */
final class PartitionProgress {

    /** Under a backlog one proof an interval piles up; beyond this many every other one is dropped. */
    static final int MAX_PENDING = 1_024;

    private static final long UNKNOWN = -1;

    private final String topic;
    private final Deque<Proof> pending = new ArrayDeque<>();
    private Uuid topicId = Uuid.ZERO_UUID;
    private boolean anew;
    private long committed = UNKNOWN;
    private boolean committedAsked;
    private long lastFetched = UNKNOWN;
    private long polledNext = UNKNOWN;
    private long processedNext = UNKNOWN;
    private boolean comparedWithCommitted;
    private long reportedLogStart;
    private List<Gap> untakenGaps = new ArrayList<>();
    private long reachedMs = AuditClock.UNSET;

    PartitionProgress(String topic) {
        this.topic = topic;
    }

    /**
     * Earlier lives have read the topic with this id. Proofs about another topic that came before this call no longer
     * count.
     */
    synchronized void readBefore(Uuid id) {
        if (anew || id.equals(Uuid.ZERO_UUID)) {
            return;
        }
        if (!isSameTopic(id)) {
            pending.clear();
            reachedMs = AuditClock.UNSET;
            topicId = id;
        }
    }

    /** The committed offset is not one of an earlier life, so what an earlier life has read does not matter. */
    synchronized void beganAnew() {
        anew = true;
        topicId = Uuid.ZERO_UUID;
    }

    /** Whether the topic that has this id now is the one that is read; brokers before Kafka 2.8 know no ids. */
    synchronized boolean isSameTopic(Uuid id) {
        if (topicId.equals(Uuid.ZERO_UUID)) {
            topicId = id;
        }
        return topicId.equals(id) || id.equals(Uuid.ZERO_UUID);
    }

    synchronized Uuid topicId() {
        return topicId;
    }

    /** Returns the next offset to process; negative if it is not known. */
    synchronized long position() {
        return next();
    }

    /** Whether the prober still has to read the committed offset of this life. */
    synchronized boolean needsCommitted() {
        return !committedAsked;
    }

    /** The committed offset, read with requireStable after assignment; negative if there is none. */
    synchronized void committed(long offset) {
        committedAsked = true;
        committed = offset;
    }

    /** A poll has fetched records up to {@code lastRecord} (negative: none) and moved the position to {@code next}. */
    synchronized void polled(long lastRecord, long next) {
        lastFetched = Math.max(lastFetched, lastRecord);
        polledNext = next;
    }

    synchronized void processed(long offset) {
        processedNext = offset + 1;
    }

    synchronized void prove(Proof proof) {
        settle();
        Proof last = pending.peekLast();
        if (last != null && last.highWatermark() == proof.highWatermark()) {
            pending.removeLast();
        }
        if (pending.size() >= MAX_PENDING) {
            thin();
        }
        pending.addLast(proof);
        findGap(proof.logStart());
    }

    /** Returns which offsets were found to be deleted unread since the last call. */
    synchronized List<Gap> takeGaps() {
        List<Gap> gaps = untakenGaps;
        untakenGaps = new ArrayList<>();
        return gaps;
    }

    /** Returns the latest time up to which everything has been processed. */
    synchronized long reachedMs() {
        settle();
        return reachedMs;
    }

    /** Retention may empty a partition during a backlog: then the last proof is reached before those in front of it. */
    private void settle() {
        Proof last = pending.peekLast();
        if (last != null && isReached(last)) {
            reachedMs = Math.max(reachedMs, last.timeMs());
            pending.clear();
        }
        for (Proof proof = pending.peekFirst(); proof != null && isReached(proof); proof = pending.peekFirst()) {
            reachedMs = Math.max(reachedMs, proof.timeMs());
            pending.removeFirst();
        }
    }

    private boolean isReached(Proof proof) {
        boolean emptied = proof.highWatermark() <= proof.logStart() && isAllProcessed();
        return emptied || next() >= proof.highWatermark();
    }

    /** The next offset to process: past markers and aborted records once everything fetched has been processed. */
    private long next() {
        if (polledNext == UNKNOWN) {
            return committed;
        }
        return isAllProcessed() ? Math.max(polledNext, processedNext) : Math.max(processedNext, committed);
    }

    private boolean isAllProcessed() {
        return lastFetched == UNKNOWN || processedNext > lastFetched;
    }

    private void thin() {
        boolean drop = false;
        for (Iterator<Proof> each = pending.iterator(); each.hasNext(); drop = !drop) {
            each.next();
            if (drop) {
                each.remove();
            }
        }
    }

    /**
     * The first answer is compared with what was committed: the consumer may have moved past what was deleted by then.
     */
    private void findGap(long logStart) {
        if (!committedAsked) {
            return;
        }
        long read = comparedWithCommitted ? Math.max(polledNext, committed) : committed;
        comparedWithCommitted = true;
        long from = Math.max(read, reportedLogStart);
        if (read != UNKNOWN && logStart > from) {
            reportedLogStart = logStart;
            untakenGaps.add(new Gap(topic, from, logStart));
        }
    }
}
