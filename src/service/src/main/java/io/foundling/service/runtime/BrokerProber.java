package io.foundling.service.runtime;

import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.Proof;
import io.foundling.topology.clock.ProofTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the audit clocks with proofs: it notes a time, then asks the broker for the ends of each source partition. It
 * has its own thread, so that no stream thread waits for the broker, and no partition waits for the answer of another
 * one. A partition has at most one question unanswered; while it does not answer, the audit clock of its task is
 * paused.
 */
final class BrokerProber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProber.class);
    private static final long MAX_CLOCK_STEP_MS = 5_000;

    private final SourceQuestions questions;
    private final AuditClocks clocks;
    private final ProofTime time;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread prober = new Thread(task, "foundling-prober");
        prober.setDaemon(true);
        return prober;
    });
    private final Executor answers;
    private final Set<TopicPartition> asked = new HashSet<>();
    private final SilentPartitions silent = new SilentPartitions();
    private boolean clockStepped;

    BrokerProber(SourceQuestions questions, AuditClocks clocks, ProofTime time) {
        this.questions = questions;
        this.clocks = clocks;
        this.time = time;
        answers = thread;
    }

    /**
     * Makes a prober that deals with answers elsewhere than on its thread.
     *
     * @param answers never runs while {@link #probe} does, or runs within it
     */
    BrokerProber(SourceQuestions questions, AuditClocks clocks, ProofTime time, Executor answers) {
        this.questions = questions;
        this.clocks = clocks;
        this.time = time;
        this.answers = answers;
    }

    void start(Duration interval) {
        thread.scheduleWithFixedDelay(this::probeAndReport, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An exception would end the schedule, and with it all proofs. */
    private void probeAndReport() {
        try {
            probe();
        } catch (RuntimeException failure) {
            LOG.warn("the broker could not be asked how far the source topics reach: {}", failure.getMessage());
        }
    }

    /** Asks about every open source partition that has no question unanswered, and does not wait for the answers. */
    void probe() {
        Set<TopicPartition> open = clocks.partitions();
        silent.report(open, time.noteMs());
        Set<TopicPartition> ready = new HashSet<>(open);
        for (AuditClocks.Life life : clocks.livesWithoutCommitted()) {
            ready.remove(life.partition());
            askCommitted(life);
        }
        askEnds(ready);
    }

    /** A life is asked about the ends of its partition only after it knows where it began. */
    private void askCommitted(AuditClocks.Life life) {
        TopicPartition partition = life.partition();
        if (asked.contains(partition)) {
            return;
        }
        long timeMs = time.noteMs();
        CompletionStage<OptionalLong> question = questions.committed(partition);
        asked.add(partition);
        question.whenCompleteAsync(
                (offset, failure) -> {
                    answered(partition, timeMs, failure);
                    if (failure == null) {
                        life.committed(offset.orElse(-1));
                        askEnds(Set.of(partition));
                    }
                },
                answers);
    }

    private void askEnds(Set<TopicPartition> partitions) {
        long timeMs = time.noteMs();
        reportClockStep();
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeAll(asked);
        if (free.isEmpty()) {
            return;
        }
        Map<TopicPartition, CompletionStage<PartitionEnds>> question = questions.ends(free);
        asked.addAll(free);
        question.forEach((partition, answer) -> answer.whenCompleteAsync(
                (ends, failure) -> {
                    answered(partition, timeMs, failure);
                    if (failure == null) {
                        clocks.prove(partition, new Proof(timeMs, ends.highWatermark(), ends.logStart()));
                    }
                },
                answers));
    }

    private void answered(TopicPartition partition, long askedAtMs, Throwable failure) {
        asked.remove(partition);
        if (failure == null) {
            silent.answered(partition);
        } else {
            silent.failed(partition, askedAtMs, failure);
        }
    }

    private void reportClockStep() {
        long skewMs = time.skewMs();
        boolean stepped = Math.abs(skewMs) > MAX_CLOCK_STEP_MS;
        if (stepped && !clockStepped) {
            LOG.warn(
                    "the wall clock is {} ms {} monotonic time since the start, expected at most {}; proofs use the smaller"
                            + " of the two, so no deadline passes early",
                    Math.abs(skewMs),
                    skewMs > 0 ? "ahead of" : "behind",
                    MAX_CLOCK_STEP_MS);
        }
        clockStepped = stepped;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
