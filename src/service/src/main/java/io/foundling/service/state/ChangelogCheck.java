package io.foundling.service.state;

import io.foundling.service.rebuild.InternalTopics;
import io.foundling.service.rebuild.RebuiltChangelogs;
import io.foundling.service.topics.Broker;
import io.foundling.topology.names.Nodes;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the changelogs, from which all state is restored, before the start. Kafka Streams would create a missing
 * changelog and then wipe the stores, as they are ahead of it: the ledger would silently begin empty.
 */
public final class ChangelogCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ChangelogCheck.class);

    private final Broker broker;
    private final Map<String, String> kafka;
    private final String application;
    private final StateDirectory directory;

    /** @param kafka settings of the clients */
    public ChangelogCheck(Broker broker, Map<String, String> kafka, String application, StateDirectory directory) {
        this.broker = broker;
        this.kafka = kafka;
        this.application = application;
        this.directory = directory;
    }

    /**
     * Asks the broker.
     *
     * @return the first offset of each changelog that does not begin at 0
     * @throws UnusableStateException if events have been read and the changelog of their state is gone, or another one
     *     than that of the stores here, and not by a rebuild
     */
    public Map<TopicPartition, Long> run() {
        InternalTopics internal = new InternalTopics(application);
        if (broker.partitions(internal.unfinished()).isPresent()) {
            throw new UnusableStateException(
                    "a rebuild of " + application + " was begun and not finished: topic " + internal.unfinished()
                            + " exists. Run 'foundling rebuild' again, to its end, and then start. To read everything again"
                            + " instead, reset the application, and delete this topic too",
                    null);
        }
        Map<TopicPartition, Long> truncated = new HashMap<>();
        Set<String> read = new HashSet<>(broker.topicsRead(application));
        compare(internal, read.isEmpty());
        if (read.remove(application + "-" + Nodes.ACCOUNTS + "-repartition")) {
            check(Nodes.ALERTS_STORE, truncated);
        }
        // Sources, also those of a former configuration, and closures.
        if (!read.isEmpty()) {
            check(Nodes.LEDGER_STORE, truncated);
        }
        return truncated;
    }

    private void compare(InternalTopics internal, boolean isNew) {
        RememberedChangelogs remembered = directory.changelogs(application);
        Map<String, Uuid> ids = broker.topicIds(internal.changelogs());
        try {
            if (isNew && ids.isEmpty()) {
                remembered.forget();
            }
            remembered.compare(ids, () -> rebuilt(internal));
        } catch (IOException failure) {
            throw directory.explain(failure);
        }
    }

    private RebuiltChangelogs rebuilt(InternalTopics internal) {
        return broker.partitions(internal.rebuilt()).isPresent()
                ? RebuiltChangelogs.read(kafka, internal.rebuilt())
                : new RebuiltChangelogs(Map.of());
    }

    private void check(String store, Map<TopicPartition, Long> truncated) {
        String changelog = new InternalTopics(application).changelog(store);
        Map<Integer, Long> begins = broker.beginnings(changelog);
        if (begins.isEmpty()) {
            throw directory.notRestorable("the changelog " + changelog + " does not exist, although group "
                    + application + " has read events");
        }
        begins.forEach((partition, offset) -> {
            if (offset > 0) {
                truncated.put(new TopicPartition(changelog, partition), offset);
                LOG.warn(
                        "the changelog {}-{} begins at offset {}, expected 0: records were deleted from it, and state that is"
                                + " lost on this disk cannot be restored any more; do not give it a retention",
                        changelog,
                        partition,
                        offset);
            }
        });
    }
}
