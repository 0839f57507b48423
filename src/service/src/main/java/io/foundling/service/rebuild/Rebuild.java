package io.foundling.service.rebuild;

import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.rebuild.LedgerRebuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes the changelogs of an application anew, while none of its instances runs. It can be repeated: from before the
 * published records are read until everything is written, a topic of its own keeps instances from starting on half of
 * it. The offsets of the group stay where they are: what was published in a transaction is what was read up to its
 * offsets.
 */
public final class Rebuild implements AutoCloseable {

    private final Map<String, String> kafka;
    private final String group;
    private final List<String> sources;
    private final int replicationFactor;
    private final int partitions;
    private final TopicPrefix prefix;
    private final InternalTopics internal;
    private final GroupOffsets broker;

    /** Whether this rebuild made the topic that keeps instances from starting, and has replaced nothing yet. */
    private boolean begunOnly;

    /** @param partitions that all source topics have */
    public Rebuild(ServiceConfig config, int partitions) {
        kafka = config.kafka().values();
        group = config.instance().application();
        sources = config.sources();
        prefix = config.topics().prefix();
        replicationFactor = config.replicationFactor();
        this.partitions = partitions;
        internal = new InternalTopics(group);
        broker = new GroupOffsets(kafka, group);
    }

    /**
     * Checks that nothing is lost by a rebuild.
     *
     * @param from where a group without offsets is to begin
     * @throws RebuildRefusedException if an instance runs, or it is not clear from where the sources are to be read
     */
    public void check(Optional<Positions> from) {
        requireNoMembers();
        requireNothingOpen();
        Map<TopicPartition, Long> read = broker.committed();
        read.keySet().removeIf(partition -> !sources.contains(partition.topic()));
        if (read.isEmpty() && from.isEmpty()) {
            throw new RebuildRefusedException("group " + group + " has no offsets of " + String.join(", ", sources)
                    + "; say from where to read them: --from earliest, latest or a time such as 2026-11-29T12:00:00Z, which"
                    + " is before the ledger last ran. Events that it has read already change nothing");
        }
        if (!read.isEmpty() && from.isPresent()) {
            throw new RebuildRefusedException("group " + group
                    + " has offsets of its sources, and goes on from there; --from is for a group without offsets");
        }
        if (!read.isEmpty()) {
            checkPartitions(read);
        }
    }

    private void requireNoMembers() {
        int members = broker.members();
        if (members > 0) {
            throw new RebuildRefusedException(
                    "group " + group + " has " + members + (members == 1 ? " member" : " members")
                            + "; stop all instances, wait until their sessions have timed out (45 s), and run this again");
        }
    }

    /** Records of a transaction that is open are not read, and would be committed or aborted after the rebuild. */
    private void requireNothingOpen() {
        broker.open(PublishedRecords.TOPICS.stream().map(prefix::name).toList()).ifPresent(partition -> {
            throw new RebuildRefusedException(partition + " ends with records of a transaction that is not complete;"
                    + " wait until it has timed out (10 s after an instance was killed), and run this again. If it stays,"
                    + " kafka-transactions.sh find-hanging shows it, and its abort ends it");
        });
    }

    /**
     * Under another number of partitions, an event that was not read would be in a partition that no subject has. If no
     * internal topic is left, nothing says what the number was: partitions that never had a record have no offset.
     */
    private void checkPartitions(Map<TopicPartition, Long> read) {
        List<String> known = new ArrayList<>(internal.changelogs());
        known.add(internal.accounts());
        int before =
                broker.partitions(known).values().stream().max(Integer::compare).orElse(partitions);
        if (before == partitions) {
            return;
        }
        Map<TopicPartition, Long> unread = new HashMap<>();
        List<TopicPartition> former = partitionsOf(sources).stream()
                .filter(partition -> partition.partition() < before)
                .toList();
        broker.offsets(former, OffsetSpec.earliest())
                .forEach((partition, begin) -> unread.put(partition, read.getOrDefault(partition, begin)));
        UnreadEvents.find(kafka, unread).ifPresent(partition -> {
            throw new RebuildRefusedException(
                    "the sources have " + partitions + " partitions, the ledger had " + before
                            + ", and " + partition
                            + " holds events that were sent before and not read; they belong to other"
                            + " partitions now. Keep the sources. Copy all of their events, under their keys, to a topic of another"
                            + " name with " + partitions
                            + " partitions, name it in sources in place of them, let the producers send"
                            + " there, and run this with --from earliest: events that the ledger has read already change nothing");
        });
    }

    private List<TopicPartition> partitionsOf(List<String> topics) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(topic, number)))
                .toList();
    }

    /** Keeps instances from starting from now on: what they publish would be missing in the state. */
    public void begin() {
        if (broker.partitions(List.of(internal.unfinished())).isEmpty()) {
            broker.create(topic(internal.unfinished(), 1, Map.of()));
            begunOnly = true;
        }
    }

    /**
     * Writes the stores to their changelogs, and says last that they are complete.
     *
     * @throws RebuildRefusedException if an instance was started before this began; nothing is changed then
     */
    public void write(LedgerRebuild rebuilt, Optional<Positions> from) {
        requireNoMembers();
        begunOnly = false;
        internal.changelogs().forEach(changelog -> createAnew(changelog, partitions));
        createAnew(internal.rebuilt(), 1);
        Map<String, Integer> accounts = broker.partitions(List.of(internal.accounts()));
        if (accounts.getOrDefault(internal.accounts(), partitions) != partitions) {
            broker.delete(internal.accounts());
        }
        try (StoreWriter writer = new StoreWriter(kafka)) {
            for (int partition = 0; partition < partitions; partition++) {
                writer.write(internal.ledger(), partition, rebuilt.ledger(partition));
                writer.write(internal.alerts(), partition, rebuilt.alerts(partition));
            }
            rebuilt.warningsOfNobody()
                    .forEach((key, warning) -> writer.tombstone(
                            prefix.name(TopicNames.ORPHANS),
                            key,
                            Map.of(
                                    Headers.APPLICATION,
                                    group,
                                    Headers.CHANGE,
                                    "WITHDRAWAL",
                                    Headers.ATTEMPT,
                                    Integer.toString(warning.getAttempt()),
                                    Headers.STATUS,
                                    warning.getStatus().name())));
            writer.flush();
            writer.write(internal.rebuilt(), 0, new RebuiltChangelogs(broker.ids(internal.changelogs())).entries());
            writer.flush();
        }
        position(from);
        broker.delete(internal.unfinished());
    }

    private void createAnew(String changelog, int count) {
        broker.delete(changelog);
        broker.create(topic(changelog, count, InternalTopics.changelogSettings(kafka)));
    }

    private NewTopic topic(String name, int count, Map<String, String> settings) {
        Optional<Short> replicas = replicationFactor < 0 ? Optional.empty() : Optional.of((short) replicationFactor);
        return new NewTopic(name, Optional.of(count), replicas).configs(settings);
    }

    /**
     * Accounts and closures that are under way are in the stores already. What is expected is read from where the sources
     * are read: it follows from them.
     */
    private void position(Optional<Positions> from) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<String> read = new ArrayList<>(sources);
        read.add(prefix.name(TopicNames.EXPECTATIONS));
        from.ifPresent(position -> offsets.putAll(broker.offsets(partitionsOf(read), position.spec())));
        List<String> skipped = new ArrayList<>(List.of(prefix.name(TopicNames.CLOSURES)));
        if (broker.partitions(List.of(internal.accounts())).getOrDefault(internal.accounts(), 0) == partitions) {
            skipped.add(internal.accounts());
        }
        offsets.putAll(broker.offsets(partitionsOf(skipped), OffsetSpec.latest()));
        broker.commit(offsets);
    }

    /** Lets instances start again if nothing was changed. */
    @Override
    public void close() {
        try {
            if (begunOnly) {
                broker.delete(internal.unfinished());
            }
        } finally {
            broker.close();
        }
    }
}
