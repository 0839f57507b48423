package io.foundling.service.config;

import io.foundling.topology.settings.LedgerSettings;
import java.util.List;
import java.util.Set;

/**
 * The whole configuration of a service, checked by {@link ConfigReader}. {@link ConfigKeys} describes each value.
 *
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} among them
 * @param avro settings of the serdes, {@code schema.registry.url} among them
 * @param replicationFactor -1 for the broker's default
 * @param sources topics that audit events are read from
 */
public record ServiceConfig(
        InstanceSettings instance,
        ClientSettings kafka,
        ClientSettings avro,
        int replicationFactor,
        List<String> sources,
        LedgerRules ledger,
        HttpAddress http) {

    public ServiceConfig {
        sources = List.copyOf(sources);
    }

    /**
     * Returns the settings of the topology.
     *
     * @param partitions of every source topic, as found on the broker
     * @param logAppendTimeSources source topics whose timestamps are append times, as found on the broker
     */
    public LedgerSettings ledgerSettings(int partitions, Set<String> logAppendTimeSources) {
        return new LedgerSettings(
                sources,
                logAppendTimeSources,
                partitions,
                ledger.clock().allowedLag(),
                ledger.lateEvents().lateAfter(),
                ledger.lateEvents().arrivalGrace(),
                ledger.lateEvents().maxHold(),
                ledger.clock().maxSkew(),
                ledger.sweep().interval(),
                ledger.sweep().maxExpiries(),
                ledger.retention(),
                ledger.settlement(),
                ledger.alerting(),
                ledger.policies());
    }
}
