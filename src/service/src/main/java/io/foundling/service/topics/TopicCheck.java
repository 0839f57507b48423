package io.foundling.service.topics;

import io.foundling.service.finding.Finding;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the topics on a broker with their contracts. Any partition count is accepted if the sources, and the topics
 * that are partitioned like them, agree; if they do not agree, the topics that differ from the declared count are
 * reported.
 */
public final class TopicCheck {

    private static final String CREATE = "create it with 'foundling topics apply'";

    private final Broker broker;
    private final TopicContracts contracts;
    private final Duration memory;
    private final OptionalInt partitions;

    /**
     * Creates a check that accepts any partition count on which the topics agree.
     *
     * @param memory retention.memory of the service
     */
    public TopicCheck(Broker broker, TopicContracts contracts, Duration memory) {
        this(broker, contracts, memory, OptionalInt.empty());
    }

    /** Creates a check that also demands a partition count. */
    public TopicCheck(Broker broker, TopicContracts contracts, Duration memory, OptionalInt partitions) {
        this.broker = broker;
        this.contracts = partitions.isPresent() ? contracts.withPartitions(partitions.getAsInt()) : contracts;
        this.memory = memory;
        this.partitions = partitions;
    }

    /**
     * Asks the broker and compares.
     *
     * @throws BrokerUnavailableException if it does not answer
     */
    public TopicReport run() {
        Map<String, FoundTopic> found =
                broker.topics(contracts.all().stream().map(TopicContract::name).toList());
        OptionalInt agreed = partitions.isPresent() ? OptionalInt.empty() : agreed(found);
        List<TopicFinding> findings = new ArrayList<>();
        for (TopicContract contract : contracts.all()) {
            FoundTopic topic = found.get(contract.name());
            if (topic == null) {
                findings.add(differs(contract, Finding.error(missing(contract.name()))));
            } else {
                comparePartitions(contract, topic, agreed, findings);
                compareSettings(contract, topic, findings);
                compareMemory(contract, topic, findings);
            }
        }
        return new TopicReport(findings, sourcePartitions(found), logAppendTimeSources(found));
    }

    /**
     * Returns the partition count that the sources, and the topics that must match them, have in common; empty if they
     * differ.
     */
    private OptionalInt agreed(Map<String, FoundTopic> found) {
        Set<Integer> counts = contracts.all().stream()
                .filter(TopicContract::mustMatchSources)
                .filter(contract -> found.containsKey(contract.name()))
                .map(contract -> found.get(contract.name()).partitions())
                .collect(Collectors.toSet());
        return counts.size() == 1 ? OptionalInt.of(counts.iterator().next()) : OptionalInt.empty();
    }

    /** Returns the sentence about a topic that does not exist. */
    public static String missing(String topic) {
        return "topic " + topic + " does not exist; " + CREATE;
    }

    private void comparePartitions(
            TopicContract contract, FoundTopic topic, OptionalInt agreed, List<TopicFinding> findings) {
        int expected = contract.partitionedLikeSources() ? agreed.orElse(contract.partitions()) : contract.partitions();
        if (topic.partitions() == expected) {
            return;
        }
        if (contract.mustMatchSources()) {
            findings.add(differs(
                    contract,
                    Finding.error("topic %s has %d partitions, expected %d, as every source topic, %s; delete it and %s"
                            .formatted(contract.name(), topic.partitions(), expected, ownTopics(), CREATE))));
        } else {
            findings.add(differs(
                    contract,
                    Finding.warning(
                            "topic %s has %d partitions, expected %d; the service works like this, to change it delete the topic and %s"
                                    .formatted(contract.name(), topic.partitions(), expected, CREATE))));
        }
    }

    private String ownTopics() {
        return contracts.all().stream()
                .filter(contract -> contract.mustMatchSources() && !contract.source())
                .map(TopicContract::name)
                .collect(Collectors.joining(" and "));
    }

    private static void compareSettings(TopicContract contract, FoundTopic topic, List<TopicFinding> findings) {
        for (String setting : List.of(
                TopicContract.CLEANUP,
                TopicContract.TIMESTAMP_TYPE,
                TopicContract.RETENTION,
                TopicContract.COMPRESSION)) {
            String expected = contract.config().get(setting);
            String value = topic.config().getOrDefault(setting, "nothing");
            if (expected != null && !expected.equals(value)) {
                findings.add(difference(contract, setting, value, expected));
            }
        }
        String limit = topic.config().getOrDefault(TopicContract.MAX_MESSAGE_BYTES, "0");
        if (Long.parseLong(limit) < contract.maxMessageBytes()) {
            findings.add(difference(
                    contract,
                    TopicContract.MAX_MESSAGE_BYTES,
                    limit,
                    contract.config().get(TopicContract.MAX_MESSAGE_BYTES)));
        }
    }

    private static TopicFinding difference(TopicContract contract, String setting, String value, String expected) {
        return differs(
                contract,
                Finding.warning(
                        "topic %s has %s=%s, expected %s; set it with 'kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s'"
                                .formatted(
                                        contract.name(),
                                        setting,
                                        value,
                                        expected,
                                        contract.name(),
                                        setting,
                                        expected)));
    }

    private static TopicFinding differs(TopicContract contract, Finding finding) {
        return new TopicFinding(contract.name(), false, finding);
    }

    private void compareMemory(TopicContract contract, FoundTopic topic, List<TopicFinding> findings) {
        if (!contract.source()) {
            return;
        }
        long retentionMs = Long.parseLong(topic.config().getOrDefault(TopicContract.RETENTION, "-1"));
        if (retentionMs < 0 || retentionMs > memory.toMillis()) {
            String kept = retentionMs < 0 ? "for ever" : "for " + Duration.ofMillis(retentionMs);
            findings.add(new TopicFinding(
                    contract.name(),
                    true,
                    Finding.warning(
                            "topic %s keeps events %s, longer than retention.memory (%s): an event that is read again after its subject was forgotten counts as new; raise retention.memory or lower retention.ms of the topic"
                                    .formatted(contract.name(), kept, memory))));
        }
    }

    private int sourcePartitions(Map<String, FoundTopic> found) {
        Set<Integer> counts = contracts.sources().stream()
                .map(contract -> found.get(contract.name()))
                .map(topic -> topic == null ? 0 : topic.partitions())
                .collect(Collectors.toSet());
        return counts.size() == 1 ? counts.iterator().next() : 0;
    }

    private Set<String> logAppendTimeSources(Map<String, FoundTopic> found) {
        return contracts.sources().stream()
                .map(TopicContract::name)
                .filter(found::containsKey)
                .filter(name -> TopicContract.LOG_APPEND_TIME.equals(
                        found.get(name).config().get(TopicContract.TIMESTAMP_TYPE)))
                .collect(Collectors.toSet());
    }
}
