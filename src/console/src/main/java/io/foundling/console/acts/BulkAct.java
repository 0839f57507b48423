package io.foundling.console.acts;

import io.foundling.console.acts.ActListener.Outcome;
import io.foundling.console.acts.Progress.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An act on all subjects that a filter lists, from its count to its end. It holds no subjects but a sample. Any thread.
 */
public final class BulkAct {

    /** How long a count may be confirmed. */
    public static final Duration CONFIRM_WITHIN = Duration.ofMinutes(10);

    /** A list may grow by a tenth between its count and the end of the act. */
    private static final int TENTH = 10;

    private final Instruction instruction;
    private final ActFilter filter;
    private final Counted counted;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private State state = State.PROPOSED;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<String> problem = Optional.empty();

    /**
     * How much a filter listed.
     *
     * @param sample the keys of the first ones
     */
    public record Counted(long subjects, List<String> sample, Instant at) {

        public Counted {
            sample = List.copyOf(sample);
        }

        /** Returns how many are left, as far as that is known from the count. */
        public long left(Progress progress) {
            return Math.max(0, subjects - progress.dealtWith());
        }
    }

    BulkAct(Instruction instruction, ActFilter filter, Counted counted) {
        this.instruction = instruction;
        this.filter = filter;
        this.counted = counted;
    }

    public Instruction instruction() {
        return instruction;
    }

    public ActFilter filter() {
        return filter;
    }

    public Counted counted() {
        return counted;
    }

    /** Returns until when the count may be confirmed. */
    public Instant expiresAt() {
        return counted.at().plus(CONFIRM_WITHIN);
    }

    /** Returns how many are left, as far as that is known from the count. */
    public long left() {
        return counted.left(progress());
    }

    public synchronized Progress progress() {
        return new Progress(
                state,
                count(Outcome.RECORDED),
                count(Outcome.SKIPPED),
                count(Outcome.FAILED),
                startedAt,
                endedAt,
                problem);
    }

    /** Has it end soon, if it has not ended. */
    void stop() {
        stop.countDown();
    }

    boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Waits, and not longer than until it is stopped. */
    void pause(Duration time) throws InterruptedException {
        stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns how many subjects it may be for. */
    long limit() {
        return counted.subjects() + counted.subjects() / TENTH;
    }

    boolean isExpired(Instant now) {
        return progress().state() == State.PROPOSED && !now.isBefore(expiresAt());
    }

    /** Returns whether this call was the one that confirmed it. */
    synchronized boolean confirm() {
        boolean isFirst = state == State.PROPOSED;
        if (isFirst) {
            state = State.WAITING;
        }
        return isFirst;
    }

    synchronized void begin(Instant now) {
        state = State.RUNNING;
        startedAt = Optional.of(now);
    }

    synchronized void add(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    synchronized void end(State end, Optional<String> why, Instant now) {
        if (!state.isEnd()) {
            state = end;
            problem = why;
            endedAt = Optional.of(now);
        }
    }

    private long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
