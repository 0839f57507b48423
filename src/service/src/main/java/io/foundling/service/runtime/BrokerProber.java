package io.foundling.service.runtime;

import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.Proof;
import io.foundling.topology.clock.ProofTime;
import io.foundling.topology.task.LedgerListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the audit clocks with proofs: it notes a time, then asks the broker for the end of each source partition. It
 * asks with uncommitted reads, because the last stable offset hides everything behind an open transaction. It has its
 * own thread, so that no stream thread waits for the broker. While the broker does not answer, the audit clocks are
 * paused.
 */
final class BrokerProber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProber.class);
    private static final int TIMEOUT_MS = 10_000;
    private static final long MAX_CLOCK_STEP_MS = 5_000;

    private final Admin admin;
    private final String group;
    private final AuditClocks clocks;
    private final ProofTime time;
    private final LedgerListener listener;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread prober = new Thread(task, "foundling-prober");
        prober.setDaemon(true);
        return prober;
    });
    private int failures;
    private boolean clockStepped;

    BrokerProber(Admin admin, String group, AuditClocks clocks, ProofTime time, LedgerListener listener) {
        this.admin = admin;
        this.group = group;
        this.clocks = clocks;
        this.time = time;
        this.listener = listener;
    }

    void start(Duration interval) {
        thread.scheduleWithFixedDelay(this::probeAndReport, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void probeAndReport() {
        try {
            probe();
            if (failures > 0) {
                LOG.info("the broker answers again after {} failed proofs; the audit clocks run again", failures);
            }
            failures = 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException failure) {
            if (failures++ == 0) {
                LOG.warn(
                        "the broker did not answer how far the source topics reach, so the audit clocks are paused: {}",
                        reason(failure));
            }
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage();
    }

    /** Makes one proof for every open source partition. */
    void probe() throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = clocks.partitions();
        List<AuditClocks.Life> lives = clocks.livesWithoutCommitted();
        long timeMs = time.noteMs();
        reportClockStep();
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        readCommitted(lives);
        for (TopicPartition partition : partitions) {
            Proof proof = new Proof(
                    timeMs, ends.get(partition).offset(), starts.get(partition).offset());
            reportGap(partition, clocks.prove(partition, proof));
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Set<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        return admin.listOffsets(wanted, new ListOffsetsOptions(isolation).timeoutMs(TIMEOUT_MS))
                .all()
                .get();
    }

    private void readCommitted(List<AuditClocks.Life> lives) throws ExecutionException, InterruptedException {
        if (lives.isEmpty()) {
            return;
        }
        List<TopicPartition> partitions =
                lives.stream().map(AuditClocks.Life::partition).toList();
        ListConsumerGroupOffsetsOptions options =
                new ListConsumerGroupOffsetsOptions().requireStable(true).timeoutMs(TIMEOUT_MS);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)), options)
                .partitionsToOffsetAndMetadata(group)
                .get();
        for (AuditClocks.Life life : lives) {
            OffsetAndMetadata offset = committed.get(life.partition());
            life.committed(offset == null ? -1 : offset.offset());
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

    private void reportGap(TopicPartition partition, long offsets) {
        if (offsets > 0) {
            LOG.warn(
                    "{} offsets of {} were deleted before they were read; a longer retention.ms of the topic prevents that",
                    offsets,
                    partition);
            listener.gap(partition.topic(), partition.partition(), offsets);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
