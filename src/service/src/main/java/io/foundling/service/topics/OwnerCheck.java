package io.foundling.service.topics;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.topology.topics.TopicContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks whether another application writes the output topics: two ledgers would overwrite each other's dispositions and
 * warnings. Costs one read of the last records of each partition.
 */
public final class OwnerCheck {

    private final Broker broker;
    private final Map<String, ?> kafka;
    private final List<String> topics;
    private final Ownership ownership;

    /** @param config of the service that is about to write */
    public OwnerCheck(Broker broker, ServiceConfig config) {
        this.broker = broker;
        kafka = config.kafka().values();
        topics = config.topics().contracts().all().stream()
                .filter(TopicContract::isWritten)
                .map(TopicContract::name)
                .toList();
        ownership =
                new Ownership(config.instance().application(), config.topics().predecessors());
    }

    /**
     * Asks the broker. An error says that another application writes, a warning that not everything could be read.
     *
     * @throws BrokerUnavailableException if it does not answer, or denies it
     */
    public List<Finding> run() {
        Map<TopicPartition, Optional<Long>> ends = broker.ends(topics);
        Map<TopicPartition, Long> known = new HashMap<>();
        ends.forEach((partition, end) -> end.ifPresent(offset -> known.put(partition, offset)));
        NewestSignatures newest = NewestSignatures.read(kafka, known, Broker.PATIENCE);
        int unread = newest.unread().size() + ends.size() - known.size();
        Finding found = ownership.judge(newest.signatures());
        return unread == 0
                ? List.of(found)
                : List.of(
                        found,
                        Finding.warning("the newest records of " + unread
                                + " partitions of the output topics cannot be read at present, so another application that"
                                + " writes there may go unnoticed"));
    }
}
