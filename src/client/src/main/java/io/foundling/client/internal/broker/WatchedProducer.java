package io.foundling.client.internal.broker;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka producer, and the progress of each partition of the topic through it. It finds out when a partition makes
 * none although its broker answers: an idempotent producer can then send one batch for ever, which the broker refuses
 * each time (KAFKA-14359). Costs two counts and a hash an event, and a look at the partitions once a second; without a
 * {@link Watch} nothing, and then no partition is found to be stuck. Any thread.
 */
final class WatchedProducer {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long to wait for a producer that is given up; one that can end does so within milliseconds. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(3);

    /** How long to wait beyond the time of a close, which is for sending only. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Producer<String, AuditEvent> producer;
    private final String topic;
    private final Optional<Watch> watch;
    private final LongSupplier nanoTime;
    private final AtomicLong lastLookNanos;
    private final PartitionProgress unwatched = new PartitionProgress();
    private volatile PartitionProgress[] partitions = {};
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean givenUp;
    private volatile Thread closing;

    /** A partition that makes no progress, how long that was watched, and whether it had made some before. */
    record Stuck(int partition, Duration time, boolean hasAnswered) {}

    WatchedProducer(Producer<String, AuditEvent> producer, String topic, Optional<Watch> watch, LongSupplier nanoTime) {
        this.producer = producer;
        this.topic = topic;
        this.watch = watch;
        this.nanoTime = nanoTime;
        lastLookNanos = new AtomicLong(nanoTime.getAsLong());
    }

    Producer<String, AuditEvent> producer() {
        return producer;
    }

    /**
     * Begins to close the producer at once: it takes no event any more and fails those that it has.
     *
     * @return false if it is being closed already
     */
    boolean giveUp() {
        return beginClose(Duration.ZERO);
    }

    /** Waits for the end of a producer that was given up, for three seconds at most. */
    void awaitEnd() {
        awaitEnd(ENDS_WITHIN);
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether this producer is closed and has failed all its events. */
    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /**
     * Waits until this producer, which is being closed, has ended. An interrupt during the call ends the wait.
     *
     * @return whether the call was interrupted meanwhile
     */
    boolean awaitEnd(Duration longest) {
        boolean before = Thread.interrupted();
        boolean cutShort = false;
        try {
            ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            cutShort = true;
        }
        if (before || cutShort) {
            Thread.currentThread().interrupt();
        }
        return cutShort;
    }

    /**
     * Sends what it has within the time and fails the rest. Returns when the producer has ended, at most a second after
     * the time. An interrupt ends the time.
     */
    void close(Duration timeout) {
        boolean first = beginClose(timeout);
        if (awaitEnd(timeout.plus(GRACE)) && first) {
            closing.interrupt();
            awaitEnd(GRACE);
        }
    }

    /** Like {@link #close}, for a thread that may be the producer's own, which Kafka does not wait for. */
    void closeInCallback(Duration timeout) {
        if (beginsToClose()) {
            end(timeout);
        }
    }

    /**
     * A thread of its own closes the producer, because Kafka's close waits for the producer's thread, which may be
     * waiting for a broker until {@code request.timeout.ms} is over.
     */
    private boolean beginClose(Duration timeout) {
        if (!beginsToClose()) {
            return false;
        }
        closing = new Thread(null, () -> end(timeout), "audit-recorder-producer-close", 0, false);
        closing.setDaemon(true);
        try {
            closing.start();
        } catch (OutOfMemoryError noThread) {
            end(timeout);
        }
        return true;
    }

    private synchronized boolean beginsToClose() {
        boolean first = !givenUp;
        givenUp = true;
        return first;
    }

    private void end(Duration timeout) {
        // An interrupted thread would not wait until the producer has failed its unfinished events.
        boolean interrupted = Thread.interrupted();
        try {
            producer.close(timeout);
        } catch (RuntimeException failure) {
            LOG.warn("the Kafka producer of the audit recorder did not close properly", failure);
        } finally {
            ended.countDown();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Counts an event that is given to the producer and returns its partition. The first call waits for the metadata of
     * the topic, as sending does.
     */
    PartitionProgress hand(String key) {
        if (watch.isEmpty()) {
            return unwatched;
        }
        PartitionProgress[] known = reached();
        // As Kafka's own partitioner does; with another one there is no watch.
        int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
        PartitionProgress partition = known[hash % known.length];
        partition.handed();
        return partition;
    }

    /** Returns the id of the cluster; empty if the producer does not know it. The first call waits for metadata. */
    Optional<String> cluster() {
        reached();
        return producer instanceof ClusterNamed named ? named.cluster() : Optional.empty();
    }

    private PartitionProgress[] reached() {
        PartitionProgress[] known = partitions;
        return known.length == 0 ? ofAll(producer.partitionsFor(topic).size()) : known;
    }

    /** Returns a partition that is stuck; empty if there is none, and between two looks. */
    Optional<Stuck> stuck() {
        return watch.flatMap(this::stuck);
    }

    private Optional<Stuck> stuck(Watch how) {
        long now = nanoTime.getAsLong();
        long last = lastLookNanos.get();
        boolean due = now - last >= LOOK_NANOS && lastLookNanos.compareAndSet(last, now);
        if (!due || Arrays.stream(partitions).allMatch(partition -> partition.unanswered() == 0)) {
            return Optional.empty();
        }
        try {
            return stuck(now, how, producer.partitionsFor(topic), answers());
        } catch (KafkaException | IllegalStateException unknown) {
            // Without metadata nothing is known of the leaders; a closed producer is not watched any more.
            return Optional.empty();
        }
    }

    /** How many events have no outcome yet. */
    long unanswered() {
        return Arrays.stream(partitions)
                .mapToLong(PartitionProgress::unanswered)
                .sum();
    }

    private synchronized Optional<Stuck> stuck(
            long now, Watch how, List<PartitionInfo> infos, Map<Integer, Double> answers) {
        PartitionProgress[] known = ofAll(infos.size());
        Optional<Stuck> stuck = Optional.empty();
        for (PartitionInfo info : infos) {
            int leader = leader(info);
            PartitionProgress progress = known[info.partition()];
            if (progress.isStuck(now, leader, answers.getOrDefault(leader, 0.0), how)) {
                boolean hasAnswered = progress.hasAnswered();
                stuck = Optional.of(new Stuck(info.partition(), how.patience(hasAnswered), hasAnswered));
            }
        }
        return stuck;
    }

    /** Without a majority of its replicas a partition may refuse events for good reasons, as without a leader. */
    private static int leader(PartitionInfo info) {
        boolean healthy = info.leader() != null
                && !info.leader().isEmpty()
                && 2 * info.inSyncReplicas().length > info.replicas().length;
        return healthy ? info.leader().id() : PartitionProgress.NO_LEADER;
    }

    /** Returns how many requests each broker has answered, by its id. */
    Map<Integer, Double> answers() {
        Map<Integer, Double> answers = new HashMap<>();
        producer.metrics().forEach((name, metric) -> {
            if (name.group().equals("producer-node-metrics") && name.name().equals("response-total")) {
                String node = name.tags().getOrDefault("node-id", "");
                if (node.startsWith("node-") && metric.metricValue() instanceof Double total) {
                    answers.put(Integer.parseInt(node.substring("node-".length())), total);
                }
            }
        });
        return answers;
    }

    /** Follows a topic that gets more partitions; those that were known keep their counts. */
    private synchronized PartitionProgress[] ofAll(int count) {
        int wanted = Math.max(1, count);
        if (partitions.length != wanted) {
            PartitionProgress[] all = Arrays.copyOf(partitions, wanted);
            for (int i = 0; i < wanted; i++) {
                all[i] = all[i] == null ? new PartitionProgress() : all[i];
            }
            partitions = all;
        }
        return partitions;
    }
}
