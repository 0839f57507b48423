package io.foundling.service.bridge;

import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what {@code bridge} needs of a broker, its topics and the rights to them, with what there is. */
public final class BridgeCheck {

    private final Broker broker;
    private final List<BridgeSettings> bridges;
    private final String deadLetters;
    private final List<AccessRule> rules;

    public BridgeCheck(Broker broker, ServiceConfig config) {
        this.broker = broker;
        bridges = config.topics().bridges();
        deadLetters = config.topics().prefix().name(TopicNames.DEAD_LETTERS);
        rules = rules(config);
    }

    /** Returns the rights that are needed. */
    public static List<AccessRule> rules(ServiceConfig config) {
        List<BridgeSettings> bridges = config.topics().bridges();
        return AccessRules.ofBridge(
                new TreeSet<>(bridges.stream().map(BridgeSettings::input).toList()),
                new TreeSet<>(bridges.stream().map(BridgeSettings::output).toList()),
                config.topics().prefix().name(TopicNames.DEAD_LETTERS),
                BridgeProperties.groups(config.instance().application()));
    }

    /**
     * Returns a sentence for each problem.
     *
     * @throws io.foundling.service.topics.BrokerUnavailableException if the broker does not answer
     */
    public List<String> problems() {
        List<String> denied = new AccessCheck(broker, rules).run();
        if (!denied.isEmpty()) {
            return denied;
        }
        Stream<String> written = Stream.concat(
                        bridges.stream().map(BridgeSettings::output).distinct(), Stream.of(deadLetters))
                .filter(topic -> broker.partitions(topic).isEmpty())
                .map(TopicCheck::missing);
        return Stream.concat(missingInputs().stream(), written).toList();
    }

    /** Returns a sentence for each topic that does not exist of those that are read. Foundling does not make them. */
    public List<String> missingInputs() {
        return bridges.stream()
                .filter(bridge -> broker.partitions(bridge.input()).isEmpty())
                .map(bridge -> "topic %s, which bridge %s reads, does not exist; create it, or correct bridges[].input"
                        .formatted(bridge.input(), bridge.name()))
                .toList();
    }
}
