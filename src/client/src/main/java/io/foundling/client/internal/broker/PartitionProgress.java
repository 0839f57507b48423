package io.foundling.client.internal.broker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one partition has answered through one producer. Counting is for any thread; {@link #isStuck} is for one thread
 * at a time.
 *
 * <p>A partition is stuck if events wait for it, none got an outcome for the time of the {@link Watch}, and its leader
 * answered at least {@link #ANSWERS} requests of the producer meanwhile, never pausing for {@link #LONGEST_SILENCE}. A
 * broker answers the requests of a connection in order, and at most five are under way, so it has answered the batch of
 * the partition as well: with an error, again and again. A leader that is away or slow does not answer that often, and
 * the time begins again; so it does when nothing waits, or after a break between two looks.
 */
final class PartitionProgress {

    /** More than a producer has under way to one broker. A refused batch is sent again about once a second. */
    static final int ANSWERS = 10;

    static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    static final int NO_LEADER = -1;

    private final AtomicLong handed = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private long seenAnswered = -1;
    private int seenLeader = NO_LEADER;
    private double seenAnswers;
    private double answersAtFirst;
    private long seenAnswersNanos;
    private long sinceNanos;
    private long lastLookNanos;

    /** Counts an event that is given to the producer. */
    void handed() {
        handed.incrementAndGet();
    }

    /** Takes back {@link #handed()}: the producer did not accept the event. */
    void refused() {
        handed.decrementAndGet();
    }

    /** Counts the outcome of an event. */
    void answered() {
        answered.incrementAndGet();
    }

    long unanswered() {
        return handed.get() - answered.get();
    }

    boolean hasAnswered() {
        return answered.get() > 0;
    }

    /**
     * @param leader the broker that leads the partition, or {@link #NO_LEADER}
     * @param answers how many requests of the producer that broker has answered so far
     */
    boolean isStuck(long nowNanos, int leader, double answers, Watch watch) {
        long nowAnswered = answered.get();
        if (answers != seenAnswers) {
            seenAnswers = answers;
            seenAnswersNanos = nowNanos;
        }
        boolean late = nowNanos - lastLookNanos > watch.longestBreak().toNanos();
        lastLookNanos = nowNanos;
        boolean silent = nowNanos - seenAnswersNanos >= LONGEST_SILENCE.toNanos();
        boolean led = leader != NO_LEADER && leader == seenLeader;
        boolean waits = unanswered() > 0;
        if (!waits || nowAnswered != seenAnswered || !led || silent || late) {
            seenAnswered = nowAnswered;
            // Without a leader the next look begins the time: an event may come just before it.
            seenLeader = waits ? leader : NO_LEADER;
            answersAtFirst = answers;
            sinceNanos = nowNanos;
            return false;
        }
        return nowNanos - sinceNanos >= watch.patience(hasAnswered()).toNanos() && answers - answersAtFirst >= ANSWERS;
    }
}
