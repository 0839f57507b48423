package io.foundling.service.topics;

import io.foundling.schemas.Contract;
import io.foundling.schemas.SchemaRegistration;
import io.foundling.schemas.WriterSchemas;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates missing topics and registers the schemas of their values. Doing it again changes nothing. */
public final class TopicCreation {

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Broker broker;
    private final TopicContracts contracts;

    public TopicCreation(Broker broker, TopicContracts contracts) {
        this.broker = broker;
        this.contracts = contracts;
    }

    /**
     * Creates the missing topics and returns their names.
     *
     * @param replicationFactor -1 for the broker's default
     * @throws BrokerUnavailableException if the broker refuses, or does not answer
     */
    public List<String> create(int replicationFactor) {
        Map<String, FoundTopic> found =
                broker.topics(contracts.all().stream().map(TopicContract::name).toList());
        List<NewTopic> missing = contracts.all().stream()
                .filter(contract -> !found.containsKey(contract.name()))
                .map(contract -> topic(contract, replicationFactor))
                .toList();
        List<String> created = broker.create(missing);
        awaitVisible();
        return created;
    }

    /**
     * Registers the value schema of every topic that has one.
     *
     * @param settings of the serdes
     * @return schema ids by topic
     */
    public Map<String, Integer> register(RegistryClient registry, Map<String, ?> settings) {
        Map<String, Contract> values = new TreeMap<>();
        contracts.all().forEach(topic -> topic.contract().ifPresent(contract -> values.put(topic.name(), contract)));
        return new SchemaRegistration(registry, WriterSchemas.of(settings, registry)).register(values);
    }

    /** The broker that answers may know of new topics a moment later than the controller. */
    private void awaitVisible() {
        List<String> names = contracts.all().stream().map(TopicContract::name).toList();
        long start = System.nanoTime();
        while (broker.topics(names).size() < names.size() && System.nanoTime() - start < VISIBLE_WITHIN.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static NewTopic topic(TopicContract contract, int replicationFactor) {
        Optional<Short> replication = replicationFactor < 0 ? Optional.empty() : Optional.of((short) replicationFactor);
        return new NewTopic(contract.name(), Optional.of(contract.partitions()), replication)
                .configs(contract.config());
    }
}
