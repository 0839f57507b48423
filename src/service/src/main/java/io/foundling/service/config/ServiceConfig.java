package io.foundling.service.config;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerTopics;
import java.util.List;
import java.util.Set;

/**
 * The whole configuration of a service, checked by {@link ConfigReader}. {@link ConfigKeys} describes each value.
 *
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} among them
 * @param avro settings of the serdes, {@code schema.registry.url} among them
 * @param replicationFactor -1 for the broker's default
 */
public record ServiceConfig(
        InstanceSettings instance,
        ClientSettings kafka,
        ClientSettings avro,
        int replicationFactor,
        TopicSettings topics,
        LedgerRules ledger,
        HttpAddress http,
        ReadSideSettings readSide) {

    /** Returns what {@code notify} needs. */
    public NotifySettings delivery() {
        return readSide.delivery();
    }

    /** Returns what {@code console} needs. */
    public ConsoleSettings console() {
        return readSide.console();
    }

    /** Returns how audit events are taken over HTTP. */
    public IntakeSettings intake() {
        return readSide.intake();
    }

    /** Returns the topics that audit events are read from. */
    public List<String> sources() {
        return topics.sources();
    }

    /**
     * Returns the settings of the topology.
     *
     * @param partitions of every source topic, as found on the broker
     * @param logAppendTimeSources source topics whose timestamps are append times, as found on the broker
     */
    public LedgerSettings ledgerSettings(int partitions, Set<String> logAppendTimeSources) {
        return new LedgerSettings(
                new LedgerTopics(topics.sources(), logAppendTimeSources, partitions, topics.prefix()),
                ledger.time(),
                ledger.lateEvents(),
                ledger.sweep(),
                ledger.retention(),
                ledger.settlement(),
                ledger.alerting(),
                ledger.policySet());
    }
}
