package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.settings.TimeSettings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {

    static final String REQUIRED = """
            kafka: {bootstrap.servers: "localhost:9092"}
            avro: {schema.registry.url: "http://localhost:8081"}
            """;

    @Test
    void shouldUseTheDocumentedDefaultsWhenOnlyWhatIsRequiredIsSet() throws Exception {
        // When
        ServiceConfig config = read(REQUIRED);

        // Then
        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        new InstanceSettings(
                                "foundling",
                                InetAddress.getLocalHost().getHostName(),
                                Path.of("foundling-state"),
                                1,
                                256L << 20),
                        new ClientSettings(Map.of("bootstrap.servers", "localhost:9092")),
                        new ClientSettings(Map.of("schema.registry.url", "http://localhost:8081")),
                        -1,
                        new TopicSettings(TopicPrefix.DEFAULT, List.of("audit.events"), Set.of()),
                        new LedgerRules(
                                new TimeSettings(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                                new LateEvents(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(6)),
                                new SweepSettings(Duration.ofMillis(200), 2_000),
                                new Retention(Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(7), 1_000),
                                new Settlement(Duration.ofSeconds(60), Duration.ofDays(7), Duration.ofDays(90)),
                                new Alerting(
                                        Duration.ofHours(1),
                                        Duration.ofDays(7),
                                        Duration.ofMinutes(1),
                                        Duration.ofDays(90)),
                                List.of()),
                        Duration.ofMillis(500),
                        new HttpAddress("0.0.0.0", 8080, KafkaMetrics.USED)));
    }

    @Test
    void shouldReadEveryKey() {
        // When
        ServiceConfig config = read("""
                application: ledger
                instance: ledger-0
                stateDirectory: /var/lib/foundling
                threads: 4
                sources: [audit.events, other.events]
                topics: {prefix: blue., predecessors: [green]}
                kafka:
                  bootstrap.servers: a:9092,b:9092
                  security.protocol: SSL
                  producer.linger.ms: 20
                avro:
                  schema.registry.url: https://one,https://two
                  basic.auth.credentials.source: USER_INFO
                replicationFactor: 3
                allowedLag: 7s
                proofInterval: 250ms
                lateAfter: 2m
                lateArrivalGrace: 5s
                maxLateHold: PT3H
                maxSkew: 1m
                sweepInterval: 100ms
                maxExpiriesPerSweep: 500
                retention: {completed: 0, unsuccessful: 14d, memory: P3D}
                maxStages: 50
                settleGrace: 10s
                settlement: {memory: 5d, retention: 60d}
                alerts: {quiet: 2h, memory: 4d, clockStands: 3m, maxAge: 30d}
                rocksdb: {memory: 64MB}
                http: {host: 127.0.0.1, port: 0}
                policies:
                  - {name: declarations, kind: RECORD, source: university, stage: declaration, status: DEFERRED, window: 14d, grace: 1h}
                  - name: anything
                """);

        // Then
        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        new InstanceSettings("ledger", "ledger-0", Path.of("/var/lib/foundling"), 4, 64_000_000),
                        new ClientSettings(Map.of(
                                "bootstrap.servers", "a:9092,b:9092",
                                "security.protocol", "SSL",
                                "producer.linger.ms", "20")),
                        new ClientSettings(Map.of(
                                "schema.registry.url", "https://one,https://two",
                                "basic.auth.credentials.source", "USER_INFO")),
                        3,
                        new TopicSettings(
                                new TopicPrefix("blue."), List.of("audit.events", "other.events"), Set.of("green")),
                        new LedgerRules(
                                new TimeSettings(Duration.ofSeconds(7), Duration.ofMinutes(1)),
                                new LateEvents(Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofHours(3)),
                                new SweepSettings(Duration.ofMillis(100), 500),
                                new Retention(Duration.ZERO, Duration.ofDays(14), Duration.ofDays(3), 50),
                                new Settlement(Duration.ofSeconds(10), Duration.ofDays(5), Duration.ofDays(60)),
                                new Alerting(
                                        Duration.ofHours(2),
                                        Duration.ofDays(4),
                                        Duration.ofMinutes(3),
                                        Duration.ofDays(30)),
                                List.of(
                                        new Policy(
                                                "declarations",
                                                Optional.of(SubjectKind.RECORD),
                                                Optional.of("university"),
                                                Optional.of("declaration"),
                                                Optional.of(Status.DEFERRED),
                                                Optional.of(Duration.ofDays(14)),
                                                Duration.ofHours(1),
                                                Optional.empty()),
                                        new Policy(
                                                "anything",
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Duration.ZERO,
                                                Optional.empty()))),
                        Duration.ofMillis(250),
                        new HttpAddress("127.0.0.1", 0, KafkaMetrics.USED)));
    }

    @Test
    void shouldListAllProblemsAtOnceWhenSeveralAreFound() {
        assertThat(problems("""
                        threads: 65
                        allowedLags: 5s
                        retention: {completed: soon}
                        kafka: {processing.guarantee: at_least_once}
                        avro: {schema.registry.url: "localhost:8081"}
                        policies:
                          - {name: a, status: WAITING}
                          - {name: a}
                          - {window: 1d}
                        """))
                .containsExactly(
                        "line 2: unknown key 'allowedLags'; did you mean 'allowedLag'?",
                        "kafka.bootstrap.servers is missing, expected host:port of one or more brokers, separated by"
                                + " commas; add it to the file or set FOUNDLING_KAFKA_BOOTSTRAP_SERVERS",
                        "line 5: avro.schema.registry.url is 'localhost:8081', expected one or more http, https or mock"
                                + " URLs, separated by commas (FOUNDLING_AVRO_SCHEMA_REGISTRY_URL overrides it)",
                        "line 1: threads is '65', expected a whole number from 1 to 64 (FOUNDLING_THREADS overrides it)",
                        "line 4: kafka.processing.guarantee is set by Foundling itself: it is always exactly_once_v2,"
                                + " remove it",
                        "line 3: retention.completed is 'soon', expected a duration from 0s to 36500d, written like"
                                + " 500ms, 5s, 1m, 6h, 14d or PT5S (FOUNDLING_RETENTION_COMPLETED overrides it)",
                        "line 7: policies[].status is 'WAITING', expected one of EXPECTED, OPEN, DEFERRED, PENDING,"
                                + " RETRYING",
                        "line 8: policies[].name 'a' is there twice, first in line 7; names must be unique",
                        "line 9: policies[].name is missing, expected a unique name for each policy");
    }

    @Test
    void shouldSayWhichConfigurationHasHowManyProblemsWhenRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(REQUIRED + "threads: 0\nhttp: {port: -1}\n"))
                .withMessage("""
                        test.yaml has 2 problems:
                          line 3: threads is '0', expected a whole number from 1 to 64 (FOUNDLING_THREADS overrides it)
                          line 4: http.port is '-1', expected a whole number from 0 to 65535 (FOUNDLING_HTTP_PORT overrides it)""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retention: {complete: 1d}     | unknown key 'retention.complete'; did you mean 'retention.completed'?",
                "allowed_lag: 5s               | unknown key 'allowed_lag'; did you mean 'allowedLag'?",
                "port: 80                      | unknown key 'port'; did you mean 'http.port'?",
                "completely.different: 1       | unknown key 'completely.different'; write its parts as nested sections",
                "colour: red                   | unknown key 'colour'",
                "policies: [{name: a, windw: 1d}] | unknown key 'policies[].windw'; did you mean 'policies[].window'?",
                "threads:                      | threads is without a value, expected a single value",
                "threads: [1]                  | threads is a list, expected a single value",
                "threads: {max: 1}             | threads is a mapping, expected a single value",
                "sources: audit.events         | sources is a single value, expected a list",
                "sources: [[a]]                | sources is a list, expected a single value",
                "retention: 7d                 | retention is a single value, expected a mapping of keys to values",
                "policies: {name: a}           | policies is a mapping, expected a list",
                "policies: [a]                 | policies[] is a single value, expected a mapping of keys to values",
                "instance: !me x               | instance is marked with a YAML tag (quote a text that begins with '!'), expected a single value",
                "? [a] : b                     | a key of the document is not a text",
            })
    void shouldNameKeyAndLineWhenTheShapeIsWrong(String yaml, String problem) {
        assertThat(problems(REQUIRED + yaml)).containsExactly("line 3: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application: 'a b'",
                "instance: ledger/0",
                "stateDirectory: ' '",
                "threads: 1.5",
                "threads: two",
                "replicationFactor: 0",
                "replicationFactor: -2",
                "allowedLag: 5",
                "allowedLag: -5s",
                "allowedLag: PT-5S",
                "allowedLag: 5 s",
                "allowedLag: PT0.0001S",
                "allowedLag: 999999999999999999d",
                "proofInterval: 0s",
                "sweepInterval: 9ms",
                "sweepInterval: 10001ms",
                "maxExpiriesPerSweep: 0",
                "maxExpiriesPerSweep: 100001",
                "rocksdb: {memory: 1KB}",
                "rocksdb: {memory: 256Mi}",
                "rocksdb: {memory: 999999999999999999GiB}",
                "http: {host: ''}",
                "http: {port: 65536}",
                "policies: [{name: ''}]",
                "policies: [{name: a, kind: record}]",
                "policies: [{name: a, kind: UNKNOWN}]",
                "policies: [{name: a, status: COMPLETED}]",
                "policies: [{name: a, window: forever}]",
                "policies: [{name: a, grace: -1s}]",
                "policies: [{name: a, repeat: 59s}]",
                "policies: [{name: a, repeat: never}]",
            })
    void shouldRefuseAValueWhenOutOfItsRange(String yaml) {
        assertThat(problems(REQUIRED + yaml))
                .singleElement()
                .asString()
                .startsWith("line 3: ")
                .contains(", expected ");
    }

    @Test
    void shouldRefuseAMemoryOfSettlementsWhenShorterThanTheGrace() {
        assertThat(problems(REQUIRED + "settleGrace: 2h\nsettlement: {memory: 1h}\n"))
                .containsExactly(
                        "settlement.memory (PT1H) is shorter than settleGrace (PT2H), expected at least as long");
    }

    @Test
    void shouldRefuseARetentionOfSettlementsWhenShorterThanTheirMemory() {
        assertThat(problems(REQUIRED + "settlement: {memory: 8d, retention: 7d}\n"))
                .containsExactly("settlement.retention (PT168H) is shorter than settlement.memory (PT192H), expected at"
                        + " least as long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowedLag: 0",
                "allowedLag: 0s",
                "sweepInterval: 10ms",
                "sweepInterval: 10s",
                "maxExpiriesPerSweep: 100000",
                "threads: 64",
                "http: {port: 65535}",
                "replicationFactor: 1",
                "instance: 0",
                "rocksdb: {memory: 8388608}",
                "settlement: {memory: 60s}",
                "settlement: {retention: 7d}",
                "settleGrace: 0",
            })
    void shouldAcceptAValueWhenAtTheEdgeOfItsRange(String yaml) {
        assertThat(read(REQUIRED + yaml)).isNotNull();
    }

    @Test
    void shouldNameBothLinesWhenAKeyIsThereTwice() {
        assertThat(problems(REQUIRED + "threads: 1\nhttp:\n  port: 1\n  port: 2\nthreads: 2\n"))
                .containsExactlyInAnyOrder(
                        "line 6: http.port is there twice, first in line 5; keep one of them",
                        "line 7: threads is there twice, first in line 3; keep one of them");
    }

    @Test
    void shouldNameTheLineAndBlameNothingElseWhenTheFileIsNoYaml() {
        assertThat(problems(REQUIRED + "http: {port: 1\n"))
                .singleElement()
                .asString()
                .startsWith("line 4: is not valid YAML near column 1: ");
    }

    @ParameterizedTest
    @CsvSource({
        "application.id, use application",
        "main.consumer.group.instance.id, use instance",
        "consumer.isolation.level, 'it is always read_committed, remove it'",
        "value.deserializer, 'is fixed, remove it'",
        "enable.transactional.statestores, 'stores are not transactional, remove it'",
        "schema.registry.url, use avro.schema.registry.url",
    })
    void shouldSayWhatToUseInsteadWhenAKafkaKeyIsFoundlingsOwn(String key, String advice) {
        assertThat(problems("kafka:\n  bootstrap.servers: a:1\n  " + key + ": x\n"
                        + "avro: {schema.registry.url: 'mock://x'}"))
                .containsExactly("line 3: kafka." + key + " is set by Foundling itself: " + advice);
    }

    @Test
    void shouldSayHowToNameAFileWhenItDoesNotExist(@TempDir Path directory) {
        Path missing = directory.resolve("foundling.yaml");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new ConfigReader(Map.of()).read(missing))
                .withMessage(missing + " has a problem:\n  does not exist, expected a YAML file;"
                        + " name it with --config or FOUNDLING_CONFIG");
    }

    @Test
    void shouldReadAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("foundling.yaml"), REQUIRED + "threads: 3\n");

        assertThat(new ConfigReader(Map.of()).read(file).instance().threads()).isEqualTo(3);
    }

    @Test
    void shouldHandTheTopologyItsSettings() {
        // When
        LedgerSettings settings = read(REQUIRED).ledgerSettings(6, Set.of("audit.events"));

        // Then
        assertThat(settings).isEqualTo(LedgerSettings.defaults("audit.events", 6));
    }

    private static ServiceConfig read(String yaml) {
        return new ConfigReader(Map.of()).read("test.yaml", yaml);
    }

    private static List<String> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    static List<String> problems(String yaml, Map<String, String> environment) {
        try {
            new ConfigReader(environment).read("test.yaml", yaml);
            return List.of();
        } catch (ConfigurationException refused) {
            return refused.problems();
        }
    }
}
