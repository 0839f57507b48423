package io.foundling.service.config;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Everything the service can be told, checked by {@link ConfigReader}. What each component means stands in {@link
 * ConfigKeys}.
 *
 * @param instance never empty: the host name unless configured
 * @param kafka what every Kafka client gets, {@code bootstrap.servers} among it
 * @param avro what the serdes get, {@code schema.registry.url} among it
 * @param replicationFactor -1 for the broker's default
 */
public record ServiceConfig(
        String application,
        String instance,
        Path stateDirectory,
        int threads,
        List<String> sources,
        ClientSettings kafka,
        ClientSettings avro,
        int replicationFactor,
        Duration allowedLag,
        Duration proofInterval,
        Duration lateAfter,
        Duration lateArrivalGrace,
        Duration maxLateHold,
        Duration maxSkew,
        Duration sweepInterval,
        int maxExpiriesPerSweep,
        Retention retention,
        Settlement settlement,
        Alerting alerting,
        long rocksdbMemoryInBytes,
        String httpHost,
        int httpPort,
        List<Policy> policies) {

    public ServiceConfig {
        sources = List.copyOf(sources);
        policies = List.copyOf(policies);
    }

    /**
     * Returns what the topology is told.
     *
     * @param partitions of every source topic, as found on the broker
     * @param logAppendTimeSources source topics whose timestamps are append times, as found on the broker
     */
    public LedgerSettings ledgerSettings(int partitions, Set<String> logAppendTimeSources) {
        return new LedgerSettings(
                sources,
                logAppendTimeSources,
                partitions,
                allowedLag,
                lateAfter,
                lateArrivalGrace,
                maxLateHold,
                maxSkew,
                sweepInterval,
                maxExpiriesPerSweep,
                retention,
                settlement,
                alerting,
                policies);
    }
}
