package io.foundling.topology.topics;

import io.foundling.topology.names.TopicPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All topics of one deployment, in the order of topics.yaml. */
public final class TopicContracts {

    private static final String RESOURCE = "/topics.yaml";

    private final List<TopicContract> contracts;

    private TopicContracts(List<TopicContract> contracts) {
        this.contracts = List.copyOf(contracts);
        Set<String> names = new HashSet<>();
        for (TopicContract contract : contracts) {
            if (!names.add(contract.name())) {
                throw new IllegalArgumentException("topic " + contract.name() + " is declared twice");
            }
        }
    }

    /** Returns the contracts of topics.yaml. */
    public static TopicContracts declared() {
        try (InputStream yaml = TopicContracts.class.getResourceAsStream(RESOURCE)) {
            if (yaml == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return read(yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", broken);
        }
    }

    /** Returns the contracts of topics.yaml, with names that begin with another prefix. */
    public static TopicContracts declared(TopicPrefix prefix) {
        return new TopicContracts(declared().all().stream()
                .map(contract -> contract.named(prefix.name(contract.name())))
                .toList());
    }

    /**
     * Reads contracts in the form of topics.yaml.
     *
     * @throws IOException if a key is unknown, missing, given twice or of the wrong type; the message lists all of them
     */
    static TopicContracts read(InputStream yaml) throws IOException {
        String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        return new TopicContracts(TopicsReader.read(text));
    }

    /** Returns these contracts with one copy of the source contract per name given. */
    public TopicContracts withSources(List<String> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources is empty, must name at least one topic");
        }
        List<TopicContract> changed = new ArrayList<>();
        for (TopicContract contract : contracts) {
            if (contract.source()) {
                sources.forEach(name -> changed.add(contract.named(name)));
            } else {
                changed.add(contract);
            }
        }
        return new TopicContracts(changed);
    }

    /** Returns these contracts with another partition count for the sources and all that are partitioned like them. */
    public TopicContracts withPartitions(int partitions) {
        return new TopicContracts(contracts.stream()
                .map(contract -> contract.partitionedLikeSources() ? contract.partitioned(partitions) : contract)
                .toList());
    }

    public List<TopicContract> all() {
        return contracts;
    }

    public List<TopicContract> sources() {
        return contracts.stream().filter(TopicContract::source).toList();
    }

    /** Returns the contract of one topic. */
    public TopicContract named(String name) {
        return contracts.stream()
                .filter(contract -> contract.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topic " + name + " is not declared in topics.yaml"));
    }
}
