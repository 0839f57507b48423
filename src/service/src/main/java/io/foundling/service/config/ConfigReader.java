package io.foundling.service.config;

import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.TokenLogin;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.settings.SilenceSettings;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.settings.TimeSettings;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import io.foundling.topology.yaml.TextFile;
import io.foundling.topology.yaml.YamlReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Reads the configuration: the file, then the environment over it, then the checks. It goes on after a problem, so that
 * one {@link ConfigurationException} lists all of them; only a file that is not YAML ends it at once.
 */
public final class ConfigReader {

    private final ConfigSchema schema = new ConfigSchema();
    private final Map<String, String> environment;

    /** Creates a reader with the environment of the process, which is never read from anywhere else. */
    public ConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Reads a YAML file. */
    public ServiceConfig read(Path file) {
        return read(file.toString(), text(file));
    }

    /** Opens a YAML file that is read again later. */
    public ConfigFile open(Path file) {
        return new ConfigFile(this, file);
    }

    /** Reads YAML; error messages use the name. Empty YAML leaves everything to the environment. */
    public ServiceConfig read(String name, String yaml) {
        return config(name, written(name, yaml));
    }

    /**
     * Returns the policies of YAML that has nothing else. No file is read that it might name.
     *
     * @param retention beside which the policies must be right
     * @throws ConfigurationException if there are problems; it lists all of them
     */
    public PolicySet policies(String name, String yaml, Retention retention) {
        ConfigValues values = new ConfigValues();
        if (!new YamlSource(schema, values).read(yaml)) {
            throw new ConfigurationException(name, values.problems());
        }
        if (YamlReader.isEmpty(yaml)) {
            throw new ConfigurationException(
                    name, List.of("is empty, expected policies; to try without any, write policies: []"));
        }
        values.paths().forEach(other -> values.problem(other + " is there, expected nothing but policies"));
        PolicyReader policies = new PolicyReader(values);
        PolicySet read = new PolicySet(
                policies.read(), new ExpectationReader(values, retention).read(), policies.readAdditions());
        if (!values.problems().isEmpty()) {
            throw new ConfigurationException(name, values.problems());
        }
        return read;
    }

    /** Returns what is written in YAML, and over it in the environment. */
    ConfigValues written(String name, String yaml) {
        ConfigValues values = new ConfigValues();
        if (!new YamlSource(schema, values).read(yaml)) {
            // Every key in such a file would be reported as missing.
            throw new ConfigurationException(name, values.problems());
        }
        new EnvironmentSource(schema, values).read(environment);
        return values;
    }

    /** Returns the configuration that was written. */
    static ServiceConfig config(String name, ConfigValues values) {
        ServiceConfig config = config(values);
        if (!values.problems().isEmpty()) {
            throw new ConfigurationException(name, values.problems());
        }
        return config;
    }

    static String text(Path file) {
        try {
            return TextFile.read(file);
        } catch (FileSystemException unreadable) {
            throw new ConfigurationException(
                    file.toString(),
                    List.of(unreadable.getReason()
                            + ", expected a YAML file; name it with --config or FOUNDLING_CONFIG"));
        }
    }

    private static ServiceConfig config(ConfigValues values) {
        values.check(ConfigKeys.KAFKA_BOOTSTRAP_SERVERS);
        values.check(ConfigKeys.AVRO_SCHEMA_REGISTRY_URL);
        TopicSettings topics = topics(values);
        return new ServiceConfig(
                instance(values),
                kafka(values),
                avro(values),
                values.value(ConfigKeys.REPLICATION_FACTOR),
                topics,
                ledger(values),
                new HttpAddress(
                        values.value(ConfigKeys.HTTP_HOST),
                        values.value(ConfigKeys.HTTP_PORT),
                        values.value(ConfigKeys.METRICS_KAFKA)),
                new ReadSideSettings(
                        new ReceiverReader(values).read(),
                        ConsoleKeys.read(values),
                        AskingKeys.read(values),
                        IntakeKeys.read(values, topics.sources())));
    }

    /** By default, events are read from the topic under the prefix. A ledger that read its own output would not end. */
    private static TopicSettings topics(ConfigValues values) {
        TopicPrefix prefix = values.value(ConfigKeys.TOPICS_PREFIX);
        List<String> sources =
                values.found(ConfigKeys.SOURCES).orElseGet(() -> List.of(prefix.name(TopicNames.EVENTS)));
        List<String> own = TopicContracts.declared(prefix).all().stream()
                .filter(topic -> !topic.source())
                .map(TopicContract::name)
                .toList();
        sources.stream()
                .filter(own::contains)
                .forEach(name -> values.problem("sources names " + name
                        + ", which Foundling writes itself under topics.prefix " + prefix.text()
                        + "; expected topics that services write"));
        List<String> predecessors = values.found(ConfigKeys.TOPICS_PREDECESSORS).orElse(List.of());
        return new TopicSettings(
                prefix, sources, new TreeSet<>(predecessors), new BridgeReader(values, sources, own).read());
    }

    private static InstanceSettings instance(ConfigValues values) {
        return new InstanceSettings(
                values.value(ConfigKeys.APPLICATION),
                instanceName(values),
                values.value(ConfigKeys.STATE_DIRECTORY),
                values.value(ConfigKeys.THREADS),
                values.value(ConfigKeys.ROCKSDB_MEMORY));
    }

    private static LedgerRules ledger(ConfigValues values) {
        PolicyReader policies = new PolicyReader(values);
        Retention retention = new Retention(
                values.value(ConfigKeys.RETENTION_COMPLETED),
                values.value(ConfigKeys.RETENTION_UNSUCCESSFUL),
                values.value(ConfigKeys.RETENTION_MEMORY),
                values.value(ConfigKeys.MAX_STAGES));
        return new LedgerRules(
                new TimeSettings(values.value(ConfigKeys.ALLOWED_LAG), values.value(ConfigKeys.MAX_SKEW)),
                new LateEvents(
                        values.value(ConfigKeys.LATE_AFTER),
                        values.value(ConfigKeys.LATE_ARRIVAL_GRACE),
                        values.value(ConfigKeys.MAX_LATE_HOLD)),
                new SweepSettings(
                        values.value(ConfigKeys.SWEEP_INTERVAL), values.value(ConfigKeys.MAX_EXPIRIES_PER_SWEEP)),
                retention,
                settlement(values),
                new Alerting(
                        values.value(ConfigKeys.ALERTS_QUIET),
                        values.value(ConfigKeys.ALERTS_MEMORY),
                        values.value(ConfigKeys.ALERTS_CLOCK_STANDS),
                        values.value(ConfigKeys.ALERTS_MAX_AGE),
                        new SilenceSettings(
                                values.value(ConfigKeys.SILENCE_HISTORY),
                                values.value(ConfigKeys.SILENCE_EVENTS),
                                values.value(ConfigKeys.SILENCE_AFTER))),
                new PolicySet(
                        policies.read(), new ExpectationReader(values, retention).read(), policies.readAdditions()),
                values.value(ConfigKeys.PROOF_INTERVAL));
    }

    private static ClientSettings kafka(ConfigValues values) {
        Map<String, WrittenValue> section = values.section(ConfigKeys.KAFKA);
        section.forEach((key, setting) -> OwnedKafkaKeys.advice(key)
                .ifPresent(advice ->
                        values.problem(setting.origin(), "kafka." + key + " is set by Foundling itself: " + advice)));
        Map<String, String> settings = clientSettings(section);
        TokenLogin.limits(settings).forEach(settings::putIfAbsent);
        return new ClientSettings(settings);
    }

    /** Adds the login of the Kafka clients if the registry client is to inherit it. */
    private static ClientSettings avro(ConfigValues values) {
        Map<String, WrittenValue> section = values.section(ConfigKeys.AVRO);
        restorePrefix(AvroConfig.SERDE_CLASS, section);
        restorePrefix(AvroConfig.SERIALIZER_CLASS, section);
        WrittenValue login = values.section(ConfigKeys.KAFKA).get(SaslConfigs.SASL_JAAS_CONFIG);
        boolean inherits = section.entrySet().stream()
                .anyMatch(entry -> entry.getKey().endsWith(AvroConfig.BASIC_AUTH_SOURCE)
                        && entry.getValue().text().equals("SASL_INHERIT"));
        if (inherits && login != null) {
            section.putIfAbsent(SaslConfigs.SASL_JAAS_CONFIG, login);
        }
        return new ClientSettings(clientSettings(section));
    }

    /**
     * Gives a key of the serdes that begins with the name of the section its beginning back. In the file such a key is
     * written once, avro.serde.class, or twice, avro.avro.serde.class; if both are there, the second form counts.
     */
    private static void restorePrefix(String key, Map<String, WrittenValue> section) {
        WrittenValue writtenOnce =
                section.remove(key.substring(ConfigKeys.AVRO.path().length() - 1));
        if (writtenOnce != null) {
            section.putIfAbsent(key, writtenOnce);
        }
    }

    private static Map<String, String> clientSettings(Map<String, WrittenValue> section) {
        Map<String, String> texts = new TreeMap<>();
        section.forEach((key, setting) -> texts.put(key, setting.text()));
        return texts;
    }

    /** A closure that is forgotten before the grace of its members has passed would never be settled. */
    private static Settlement settlement(ConfigValues values) {
        Settlement settlement = new Settlement(
                values.value(ConfigKeys.SETTLE_GRACE),
                values.value(ConfigKeys.SETTLEMENT_MEMORY),
                values.value(ConfigKeys.SETTLEMENT_RETENTION));
        if (settlement.memory().compareTo(settlement.grace()) < 0) {
            values.problem("settlement.memory (%s) is shorter than settleGrace (%s), expected at least as long"
                    .formatted(settlement.memory(), settlement.grace()));
        }
        if (settlement.retention().compareTo(settlement.memory()) < 0) {
            values.problem("settlement.retention (%s) is shorter than settlement.memory (%s), expected at least as long"
                    .formatted(settlement.retention(), settlement.memory()));
        }
        return settlement;
    }

    private static String instanceName(ConfigValues values) {
        String configured = values.value(ConfigKeys.INSTANCE);
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            values.problem("instance is not set and this host has no name; set instance or FOUNDLING_INSTANCE");
            return "";
        }
    }
}
