package io.foundling.service.config;

import io.foundling.console.delivery.Receiver;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.text.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every key of the configuration file, in the order of the table in docs/configuration.md. The reader accepts these keys and
 * no other.
 */
public final class ConfigKeys {

    /** Defaults of the topology, which are declared there; the source and the partitions named here are not used. */
    private static final LedgerSettings DEFAULTS = LedgerSettings.defaults(TopicNames.EVENTS, 1);

    static final ConfigKey<String> APPLICATION = key(
            "application",
            ValueType.name(),
            "foundling",
            "application.id: the name of the group, and the beginning of the name of every internal topic; unique in the"
                    + " Kafka cluster; no application's name may be another's name followed by '-' and more, as foundling"
                    + " and foundling-blue");
    static final ConfigKey<String> INSTANCE = key(
            "instance",
            ValueType.nameOrEmpty(),
            "",
            "name of this member, unique in the application and the same after a restart; empty: the host name");
    static final ConfigKey<Path> STATE_DIRECTORY = key(
            "stateDirectory",
            ValueType.directory(),
            "foundling-state",
            "directory of the stores; keep it across restarts, never share it between instances");
    static final ConfigKey<Integer> THREADS =
            key("threads", ValueType.number(1, 64), "1", "stream threads of this instance");
    static final ConfigKey<List<String>> SOURCES = optional(
            "sources",
            ValueType.topics(),
            "topics that audit events are read from; unset: the topic events under topics.prefix, audit.events by default");
    static final ConfigKey<TopicPrefix> TOPICS_PREFIX = key(
            "topics.prefix",
            ValueType.topicPrefix(),
            TopicPrefix.DEFAULT.text(),
            "how the names of all topics begin that sources does not name; each application on a Kafka cluster needs its own");
    static final ConfigKey<List<String>> TOPICS_PREDECESSORS = optional(
            "topics.predecessors",
            ValueType.names(),
            "names of applications from which this one takes over the topics under topics.prefix; without it a start"
                    + " refuses when another application wrote their newest records");
    static final ConfigKey<String> KAFKA_BOOTSTRAP_SERVERS =
            required("kafka.bootstrap.servers", ValueType.brokers(), "brokers to connect to first");
    static final ConfigKey<String> KAFKA =
            optional("kafka.*", ValueType.text(), "passed to every Kafka client under Kafka's own key");
    static final ConfigKey<String> AVRO_SCHEMA_REGISTRY_URL =
            required("avro.schema.registry.url", ValueType.registries(), "where schemas are registered and looked up");
    static final ConfigKey<String> AVRO =
            optional("avro.*", ValueType.text(), "passed to the Avro serdes under Confluent's own key");
    static final ConfigKey<Integer> REPLICATION_FACTOR = key(
            "replicationFactor",
            ValueType.replicationFactor(),
            "-1",
            "replication factor of internal topics; -1: the broker's default");
    static final ConfigKey<Duration> ALLOWED_LAG = key(
            "allowedLag",
            ValueType.duration("0s", "1d"),
            DurationText.of(DEFAULTS.time().allowedLag()),
            "the longest time that a healthy producer needs from an event to its append");
    static final ConfigKey<Duration> PROOF_INTERVAL = key(
            "proofInterval",
            ValueType.duration("10ms", "1m"),
            "200ms",
            "time between two proofs of the audit clocks, each a question to the broker");
    static final ConfigKey<Duration> LATE_AFTER = key(
            "lateAfter",
            ValueType.duration(),
            DurationText.of(DEFAULTS.lateEvents().lateAfter()),
            "an event appended later than this after it happened is late");
    static final ConfigKey<Duration> LATE_ARRIVAL_GRACE = key(
            "lateArrivalGrace",
            ValueType.duration(),
            DurationText.of(DEFAULTS.lateEvents().arrivalGrace()),
            "how long at least a lateness is remembered as the delay of its source; one greater than maxLateHold is"
                    + " remembered exactly so long");
    static final ConfigKey<Duration> MAX_LATE_HOLD = key(
            "maxLateHold",
            ValueType.duration(),
            DurationText.of(DEFAULTS.lateEvents().maxHold()),
            "for how long at most a delay of its source holds a warning or settlement back");
    static final ConfigKey<Duration> MAX_SKEW = key(
            "maxSkew",
            ValueType.duration(),
            DurationText.of(DEFAULTS.time().maxSkew()),
            "how far an event may claim to have happened after its append");
    static final ConfigKey<Duration> SWEEP_INTERVAL = key(
            "sweepInterval",
            ValueType.duration("10ms", "10s"),
            DurationText.of(DEFAULTS.sweep().interval()),
            "time between two sweeps for due deadlines");
    static final ConfigKey<Integer> MAX_EXPIRIES_PER_SWEEP = key(
            "maxExpiriesPerSweep",
            ValueType.number(1, 100_000),
            Integer.toString(DEFAULTS.sweep().maxExpiries()),
            "due deadlines that one sweep takes at most; the rest wait for the next");
    static final ConfigKey<Duration> RETENTION_COMPLETED = key(
            "retention.completed",
            ValueType.duration(),
            DurationText.of(DEFAULTS.retention().completed()),
            "how long a completed disposition is kept; 0: removed at once");
    static final ConfigKey<Duration> RETENTION_UNSUCCESSFUL = key(
            "retention.unsuccessful",
            ValueType.duration(),
            DurationText.of(DEFAULTS.retention().unsuccessful()),
            "how long a disposition with any other outcome is kept");
    static final ConfigKey<Duration> RETENTION_MEMORY = key(
            "retention.memory",
            ValueType.duration(),
            DurationText.of(DEFAULTS.retention().memory()),
            "how long a removed subject is remembered, so that late events do not revive it");
    static final ConfigKey<Integer> MAX_STAGES = key(
            "maxStages",
            ValueType.number(1, 100_000),
            Integer.toString(DEFAULTS.retention().maxStages()),
            "pairs of source and stage, and sources, that a task counts by name; further ones are counted together");
    static final ConfigKey<Duration> SETTLE_GRACE = key(
            "settleGrace",
            ValueType.duration(),
            DurationText.of(DEFAULTS.settlement().grace()),
            "how long after its parent closed a member may still come back without a warning");
    static final ConfigKey<Duration> SETTLEMENT_MEMORY = key(
            "settlement.memory",
            ValueType.duration("1m", "36500d"),
            DurationText.of(DEFAULTS.settlement().memory()),
            "how long a closed parent and its members are remembered; missing members are remembered until they"
                    + " return");
    static final ConfigKey<Duration> SETTLEMENT_RETENTION = key(
            "settlement.retention",
            ValueType.duration("1m", "36500d"),
            DurationText.of(DEFAULTS.settlement().retention()),
            "how long a settlement is kept after its closing; for a day longer after a parent was forgotten, events of its"
                    + " former attempts change nothing");
    static final ConfigKey<Duration> ALERTS_QUIET = key(
            "alerts.quiet",
            ValueType.duration(),
            DurationText.of(DEFAULTS.alerting().quiet()),
            "how long after the last violation, or deleted offset, the alert about it resolves");
    static final ConfigKey<Duration> ALERTS_MEMORY = key(
            "alerts.memory",
            ValueType.duration("1s", "36500d"),
            DurationText.of(DEFAULTS.alerting().memory()),
            "how long a resolved alert is kept before its tombstone");
    static final ConfigKey<Duration> ALERTS_MAX_AGE = key(
            "alerts.maxAge",
            ValueType.duration("1m", "36500d"),
            DurationText.of(DEFAULTS.alerting().maxAge()),
            "how long after the last news of it an alert resolves that nobody ended; and how long the violations, or deleted"
                    + " offsets, of a source and stage, or topic, are counted from the first one on");
    static final ConfigKey<Duration> ALERTS_CLOCK_STANDS = key(
            "alerts.clockStands",
            ValueType.duration("1s", "36500d"),
            DurationText.of(DEFAULTS.alerting().clockStands()),
            "how far an audit clock may be behind, beyond allowedLag, before an alert about it fires");
    /** Half a day at most: after a day of quiet nothing more is missing, so no source would ever be silent. */
    static final ConfigKey<Duration> SILENCE_AFTER = key(
            "silence.after",
            ValueType.duration("0s", "12h"),
            DurationText.of(DEFAULTS.alerting().silence().after()),
            "for how long a source must report nothing, of the time in which it usually does, to be silent; 0: never");

    static final ConfigKey<Integer> SILENCE_EVENTS = key(
            "silence.events",
            ValueType.number(0, 1_000_000),
            Long.toString(DEFAULTS.alerting().silence().events()),
            "how many events must be missing, by the norm of the source, at least, before it is silent");
    static final ConfigKey<Duration> SILENCE_HISTORY = key(
            "silence.history",
            ValueType.duration(),
            DurationText.of(DEFAULTS.alerting().silence().history()),
            "for how long a source must have reported before it can be silent");
    static final ConfigKey<Long> ROCKSDB_MEMORY = key(
            "rocksdb.memory",
            ValueType.size("8MiB", "1024GiB"),
            "256MiB",
            "native memory for blocks and memtables of all stores of this instance together");
    static final ConfigKey<String> HTTP_HOST =
            key("http.host", ValueType.text(), "0.0.0.0", "address on which /livez, /readyz and /metrics are served");
    static final ConfigKey<Integer> HTTP_PORT =
            key("http.port", ValueType.number(0, 65_535), "8080", "port on which they are served; 0: any free port");
    static final ConfigKey<KafkaMetrics> METRICS_KAFKA = key(
            "metrics.kafka",
            ValueType.oneOf(EnumSet.allOf(KafkaMetrics.class)),
            KafkaMetrics.USED.name(),
            "metrics of Kafka Streams and its clients on /metrics: USED, those that an alert rule or the dashboard uses, or"
                    + " ALL, several hundred for each stream thread");

    static final ConfigKey<String> NOTIFY_CONSOLE_URL = optional(
            "notify.consoleUrl",
            ValueType.url(),
            "where people open the console; messages to receivers link to it; unset: they have no link; with https, the"
                    + " console keeps people signed in over TLS only, also behind a proxy that ends TLS");

    static final ConfigKey<String> RECEIVER_NAME = required(
            "receivers[].name",
            ValueType.name(),
            "unique name; its progress is kept under this name, and metrics show it");
    static final ConfigKey<ReceiverSettings.Kind> RECEIVER_KIND = required(
            "receivers[].kind",
            ValueType.oneOf(EnumSet.allOf(ReceiverSettings.Kind.class)),
            "ALERTMANAGER, or WEBHOOK: a program that is posted each change of an alert");
    static final ConfigKey<String> RECEIVER_URL = optional(
            "receivers[].url",
            ValueType.urls(),
            "of a webhook; or of each instance of Alertmanager, without /api/v2, separated by commas");
    static final ConfigKey<Path> RECEIVER_URL_FILE =
            optional("receivers[].urlFile", ValueType.file(), "file that holds it, if the URL is a secret");
    static final ConfigKey<Receiver.Format> RECEIVER_FORMAT = key(
            "receivers[].format",
            ValueType.oneOf(EnumSet.allOf(Receiver.Format.class)),
            Receiver.Format.ALERTMANAGER.name(),
            "body of a webhook: ALERTMANAGER, version 4 of its own webhooks, or CLOUDEVENTS, structured JSON");
    static final ConfigKey<Duration> RECEIVER_UPDATE_EVERY = key(
            "receivers[].updateEvery",
            ValueType.duration("0s", "1d"),
            "5m",
            "how often at most a webhook is sent the new count of an alert that goes on firing; that it fires, and that it"
                    + " ended, never waits");
    static final ConfigKey<Duration> RECEIVER_TIMEOUT = key(
            "receivers[].timeout",
            ValueType.duration("100ms", "5m"),
            "10s",
            "how long an exchange may take, the whole answer included");
    static final ConfigKey<Path> RECEIVER_AUTHORIZATION_FILE = optional(
            "receivers[].authorizationFile",
            ValueType.file(),
            "file that holds the value of the header Authorization, such as Bearer and a token");
    static final ConfigKey<Path> RECEIVER_SECRET_FILE = optional(
            "receivers[].secretFile",
            ValueType.file(),
            "file that holds the key with which messages to a webhook are signed; unset: they are not signed");
    static final ConfigKey<Path> RECEIVER_CA_FILE = optional(
            "receivers[].caFile",
            ValueType.file(),
            "PEM file with the certificates that are trusted for https, instead of those that Java trusts; for a private"
                    + " authority");
    static final ConfigKey<Path> RECEIVER_CERTIFICATE_FILE = optional(
            "receivers[].certificateFile",
            ValueType.file(),
            "PEM file with the certificate that is shown to a receiver that asks for one, and with those that signed it");
    static final ConfigKey<Path> RECEIVER_KEY_FILE = optional(
            "receivers[].keyFile",
            ValueType.file(),
            "PEM file with the key of that certificate: PKCS #8, not encrypted");

    private static final List<ConfigKey<?>> ALL = List.of(
            APPLICATION,
            INSTANCE,
            STATE_DIRECTORY,
            THREADS,
            SOURCES,
            TOPICS_PREFIX,
            TOPICS_PREDECESSORS,
            KAFKA_BOOTSTRAP_SERVERS,
            KAFKA,
            AVRO_SCHEMA_REGISTRY_URL,
            AVRO,
            REPLICATION_FACTOR,
            ALLOWED_LAG,
            PROOF_INTERVAL,
            LATE_AFTER,
            LATE_ARRIVAL_GRACE,
            MAX_LATE_HOLD,
            MAX_SKEW,
            SWEEP_INTERVAL,
            MAX_EXPIRIES_PER_SWEEP,
            RETENTION_COMPLETED,
            RETENTION_UNSUCCESSFUL,
            RETENTION_MEMORY,
            MAX_STAGES,
            SETTLE_GRACE,
            SETTLEMENT_MEMORY,
            SETTLEMENT_RETENTION,
            ALERTS_QUIET,
            ALERTS_MEMORY,
            ALERTS_MAX_AGE,
            ALERTS_CLOCK_STANDS,
            SILENCE_AFTER,
            SILENCE_EVENTS,
            SILENCE_HISTORY,
            ROCKSDB_MEMORY,
            HTTP_HOST,
            HTTP_PORT,
            METRICS_KAFKA,
            NOTIFY_CONSOLE_URL,
            RECEIVER_NAME,
            RECEIVER_KIND,
            RECEIVER_URL,
            RECEIVER_URL_FILE,
            RECEIVER_FORMAT,
            RECEIVER_UPDATE_EVERY,
            RECEIVER_TIMEOUT,
            RECEIVER_AUTHORIZATION_FILE,
            RECEIVER_SECRET_FILE,
            RECEIVER_CA_FILE,
            RECEIVER_CERTIFICATE_FILE,
            RECEIVER_KEY_FILE);

    private ConfigKeys() {}

    /** Returns all keys in the order of the reference. */
    public static List<ConfigKey<?>> all() {
        return Stream.of(
                        ALL,
                        BridgeKeys.ALL,
                        ConsoleKeys.ALL,
                        AccessKeys.ALL,
                        IntakeKeys.ALL,
                        AskingKeys.ALL,
                        PolicyKeys.ALL,
                        ExpectationKeys.ALL)
                .flatMap(List::stream)
                .toList();
    }

    static <T> ConfigKey<T> key(String path, ValueType<T> type, String defaultText, String description) {
        return new ConfigKey<>(path, type, Optional.of(defaultText), false, description);
    }

    static <T> ConfigKey<T> optional(String path, ValueType<T> type, String description) {
        return new ConfigKey<>(path, type, Optional.empty(), false, description);
    }

    static <T> ConfigKey<T> required(String path, ValueType<T> type, String description) {
        return new ConfigKey<>(path, type, Optional.empty(), true, description);
    }
}
