package io.foundling.service.runtime;

import io.foundling.schemas.failure.Causes;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.BrokerTime;
import io.foundling.topology.clock.Proof;
import io.foundling.topology.clock.ProofTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the audit clocks with proofs: it notes a time, then asks the broker for the ends of each source partition. It
 * has its own thread, so that no stream thread waits for the broker, and no partition waits for the answer of another
 * one. A partition has at most one question unanswered; while it does not answer, the audit clock of its task is
 * paused. It ends the process if a topic was made anew in the place of the one that was read.
 */
final class BrokerProber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProber.class);
    private static final long MAX_SKEW_MS = 5_000;

    /** Time between two questions for the time of the controller. */
    private static final long TIME_ASKED_EVERY_MS = 10_000;

    private final SourceQuestions questions;
    private final AuditClocks clocks;
    private final ProofTime time;
    private final BrokerTime brokers;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread prober = new Thread(task, "foundling-prober");
        prober.setDaemon(true);
        return prober;
    });
    private final Executor answers;
    private final Set<TopicPartition> asked = new HashSet<>();
    private final SilentPartitions silent = new SilentPartitions();
    private final TopicIdentities identities;
    private final ReplacedTopics replaced;
    private final Set<TopicPartition> reset;
    private final Consumer<UnusableTopicsException> ended;
    private boolean hasEnded;
    private boolean timeAsked;
    private boolean timeAnswered;
    private long timeDueMs;
    private boolean skewed;

    /**
     * Makes one that asks nothing before it is started.
     *
     * @param reset partitions whose position a tool has set since the last start: there, a topic that was made anew is
     *     read by the first task
     * @param ended is called once with the reason why a source topic can no longer be read
     * @param elsewhere where answers are dealt with instead of on its own thread; never while {@link #probe} runs, or
     *     within it
     */
    BrokerProber(
            SourceQuestions questions,
            ReplacedTopics replaced,
            Set<TopicPartition> reset,
            AuditClocks clocks,
            ProofTime time,
            BrokerTime brokers,
            Consumer<UnusableTopicsException> ended,
            Optional<Executor> elsewhere) {
        this.questions = questions;
        this.clocks = clocks;
        this.time = time;
        this.brokers = brokers;
        timeDueMs = brokers.monotonicMs();
        this.ended = ended;
        answers = elsewhere.orElse(thread);
        this.replaced = replaced;
        this.reset = new HashSet<>(reset);
        identities = new TopicIdentities(questions, answers, this::identified);
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
        reportSkew();
        askTime();
        if (!timeAnswered) {
            return;
        }
        Set<TopicPartition> ready = new HashSet<>(open);
        for (AuditClocks.Life life : clocks.livesWithoutCommitted()) {
            ready.remove(life.partition());
            askCommitted(life);
        }
        askEnds(ready);
    }

    /** The first proof waits for the answer, or for the failure: without it, a clock that is ahead would be believed. */
    private void askTime() {
        long askedMs = brokers.monotonicMs();
        if (timeAsked || askedMs < timeDueMs) {
            return;
        }
        timeDueMs = askedMs + TIME_ASKED_EVERY_MS;
        CompletionStage<Long> question = questions.timeMs();
        timeAsked = true;
        question.whenCompleteAsync(
                (timeMs, failure) -> {
                    timeAsked = false;
                    timeAnswered = true;
                    if (failure == null) {
                        brokers.controller(askedMs, timeMs);
                    } else {
                        LOG.debug("the controller did not answer what time it is: {}", Causes.sentence(failure));
                    }
                },
                answers);
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
                (committed, failure) -> {
                    answered(partition, timeMs, failure);
                    if (failure == null) {
                        if (reset.remove(partition)) {
                            life.beganAnew();
                        }
                        life.committed(committed.orElse(-1));
                        askEnds(Set.of(partition));
                    }
                },
                answers);
    }

    private void askEnds(Set<TopicPartition> partitions) {
        long askedMs = brokers.monotonicMs();
        long timeMs = time.noteMs();
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeAll(asked);
        if (free.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> positions = new HashMap<>();
        free.forEach(partition -> positions.put(partition, clocks.position(partition)));
        Map<TopicPartition, CompletionStage<PartitionEnds>> question = questions.ends(free);
        asked.addAll(free);
        question.forEach((partition, answer) -> answer.whenCompleteAsync(
                (ends, failure) -> {
                    if (failure == null) {
                        Proof proof = new Proof(timeMs, ends.highWatermark(), ends.logStart());
                        identities.identify(new EndsAnswer(partition, proof, askedMs, positions.get(partition)));
                    } else {
                        answered(partition, timeMs, failure);
                    }
                },
                answers));
    }

    private void identified(EndsAnswer answer, Uuid topicId, Throwable failure) {
        TopicPartition partition = answer.partition();
        answered(partition, answer.proof().timeMs(), failure);
        if (failure != null) {
            return;
        }
        if (!clocks.isSameTopic(partition, topicId)) {
            end(replaced.madeAnew(partition.topic()));
        } else if (answer.proof().highWatermark() < answer.position()) {
            end(replaced.shortened(partition, answer.proof().highWatermark(), answer.position()));
        } else {
            brokers.ends(partition, answer.askedMs(), answer.proof().highWatermark());
            clocks.prove(partition, answer.proof());
        }
    }

    private void end(UnusableTopicsException why) {
        if (!hasEnded) {
            hasEnded = true;
            LOG.error("a source topic can no longer be read: {}", why.getMessage());
            ended.accept(why);
        }
    }

    private void answered(TopicPartition partition, long askedAtMs, Throwable failure) {
        asked.remove(partition);
        if (failure == null) {
            silent.answered(partition);
        } else {
            silent.failed(partition, askedAtMs, failure);
        }
    }

    private void reportSkew() {
        long skewMs = time.skewMs();
        boolean now = Math.abs(skewMs) > MAX_SKEW_MS;
        if (now && !skewed) {
            LOG.warn(
                    "the wall clock of this machine is {} ms {} the time that the brokers and the monotonic clock show,"
                            + " expected at most {}; proofs use the smaller of the two, so no deadline passes early, but"
                            + " warnings may be late; see that the clock is set by NTP",
                    Math.abs(skewMs),
                    skewMs > 0 ? "ahead of" : "behind",
                    MAX_SKEW_MS);
        } else if (skewed && !now) {
            LOG.info("the wall clock of this machine and the time of proofs agree again");
        }
        skewed = now;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
