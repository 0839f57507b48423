package io.foundling.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The properties of a single small node that is both broker and controller. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Small enough for a laptop; Kafka's defaults are for a machine of its own. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("share.coordinator.threads", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("offsets.topic.num.partitions", "5"),
            Map.entry("transaction.state.log.num.partitions", "5"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"));

    private static final Map<String, String> ALONE = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE_ID)),
            Map.entry("controller.listener.names", CONTROLLER_LISTENER),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"));

    private BrokerSettings() {}

    /** Returns all properties; a value in {@code overrides} replaces the one set here. */
    static Map<String, String> of(Path directory, BrokerPorts ports, Map<String, String> overrides) {
        Map<String, String> properties = new TreeMap<>(SMALL);
        properties.putAll(ALONE);
        String broker = "PLAINTEXT://" + FreePorts.HOST + ":" + ports.broker();
        String controller = FreePorts.HOST + ":" + ports.controller();
        properties.put("log.dirs", directory.toString());
        properties.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        properties.put("advertised.listeners", broker);
        properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.putAll(overrides);
        return properties;
    }
}
