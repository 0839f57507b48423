package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.console.delivery.Receiver;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.topology.lifecycle.SingleRun;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyMatch;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.settings.SilenceSettings;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.settings.TimeSettings;
import io.foundling.topology.settings.Volume;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
                        new TopicSettings(TopicPrefix.DEFAULT, List.of("audit.events"), Set.of(), List.of()),
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
                                                Duration.ofDays(90))
                                        .with(new SilenceSettings(Duration.ofDays(1), 100, Duration.ofMinutes(15))),
                                PolicySet.NONE,
                                Duration.ofMillis(200)),
                        new HttpAddress("0.0.0.0", 8080, KafkaMetrics.USED),
                        new ReadSideSettings(
                                new NotifySettings(Optional.empty(), List.of()),
                                new ConsoleSettings(
                                        "jdbc:sqlite:foundling-console.db",
                                        Optional.empty(),
                                        Optional.empty(),
                                        10L << 30,
                                        Duration.ofDays(30),
                                        new ConsoleAddress("127.0.0.1", 8090, Optional.empty(), Optional.empty()),
                                        AccessSettings.NONE,
                                        new ActRights(true, 100_000)),
                                AskingSettings.NONE,
                                new IntakeSettings(
                                        true,
                                        "audit.events",
                                        new IntakeSettings.Durability(
                                                IntakeSettings.Promise.BROKER, Optional.empty(), 1L << 30),
                                        new IntakeSettings.Limits(
                                                10_000, 8L << 20, 20_000, Duration.ofSeconds(10), 0)))));
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
                silence: {after: 30m, events: 50, history: 2d}
                rocksdb: {memory: 64MB}
                http: {host: 127.0.0.1, port: 0}
                policies:
                  - {name: declarations, kind: RECORD, source: university, stage: declaration, status: DEFERRED, window: 14d, grace: 1h}
                  - {name: anything, expectsOutput: true, singleRun: SAME_DETAIL, volumePercent: 50, volumeFloor: 10, zone: Europe/Zurich, volumeMonthEnds: true, memberCount: members}
                  - {name: table, kind: SCOPE, freshBy: "0 7 * * MON-FRI", zone: Europe/Zurich, holidays: [2026-12-25, 2027-01-01]}
                notify: {consoleUrl: "https://console"}
                console:
                  database: jdbc:postgresql://db/console
                  user: reader
                  passwordFile: /run/secrets/db
                  maxSize: 2GiB
                  trail: 7d
                  host: "::1"
                  port: 0
                  certificateFile: /secrets/console.crt
                  keyFile: /secrets/console.key
                  tokensFile: /run/secrets/tokens
                  metadata: [filename]
                  cookieKeyFile: /run/secrets/cookies
                  requestsPerMinute: 600
                  url: https://console:8090
                  caFile: /secrets/ca
                  acts: false
                  maxActs: 500
                bridges:
                  - name: orders
                    input: shop.outbox
                    format: AVRO
                    mappingFile: outbox.mapping.yaml
                    output: other.events
                intake:
                  enabled: true
                  topic: other.events
                  durability: SPOOL
                  spoolDirectory: /var/spool/intake
                  spoolMaxSize: 3GiB
                  maxEvents: 70
                  maxBody: 2MiB
                  maxInFlight: 700
                  timeout: 5s
                  requestsPerMinute: 90
                receivers:
                  - name: pager
                    kind: ALERTMANAGER
                    url: http://am-0:9093,http://am-1:9093
                    timeout: 3s
                    authorizationFile: /secrets/am
                  - name: hook
                    kind: WEBHOOK
                    urlFile: /secrets/url
                    format: CLOUDEVENTS
                    updateEvery: 1m
                    secretFile: /secrets/key
                    caFile: /secrets/ca
                    certificateFile: /secrets/tls.crt
                    keyFile: /secrets/tls.key
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
                                new TopicPrefix("blue."),
                                List.of("audit.events", "other.events"),
                                Set.of("green"),
                                List.of(new BridgeSettings(
                                        "orders",
                                        "shop.outbox",
                                        BridgeSettings.Format.AVRO,
                                        Path.of("outbox.mapping.yaml"),
                                        "other.events"))),
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
                                                Duration.ofDays(30))
                                        .with(new SilenceSettings(Duration.ofDays(2), 50, Duration.ofMinutes(30))),
                                new PolicySet(
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
                                                        new PolicyMatch(
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.empty()),
                                                        Optional.empty(),
                                                        Duration.ZERO,
                                                        Optional.empty(),
                                                        new Demands(
                                                                true,
                                                                Optional.of(SingleRun.SAME_DETAIL),
                                                                Optional.empty(),
                                                                Optional.of(new Volume(
                                                                        50, 10, ZoneId.of("Europe/Zurich"), true)),
                                                                Optional.of("members"))),
                                                new Policy(
                                                        "table",
                                                        new PolicyMatch(
                                                                Optional.of(SubjectKind.SCOPE),
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.empty()),
                                                        Optional.empty(),
                                                        Duration.ZERO,
                                                        Optional.empty(),
                                                        new Demands(
                                                                false,
                                                                Optional.empty(),
                                                                Optional.of(DueTimes.of(
                                                                        "0 7 * * MON-FRI",
                                                                        ZoneId.of("Europe/Zurich"),
                                                                        Set.of(
                                                                                LocalDate.of(2026, 12, 25),
                                                                                LocalDate.of(2027, 1, 1)))),
                                                                Optional.empty(),
                                                                Optional.empty()))),
                                        List.of()),
                                Duration.ofMillis(250)),
                        new HttpAddress("127.0.0.1", 0, KafkaMetrics.USED),
                        new ReadSideSettings(
                                new NotifySettings(
                                        Optional.of("https://console"),
                                        List.of(
                                                new ReceiverSettings(
                                                        "pager",
                                                        ReceiverSettings.Kind.ALERTMANAGER,
                                                        new ReceiverSettings.Address(
                                                                Optional.of("http://am-0:9093,http://am-1:9093"),
                                                                Optional.empty()),
                                                        Receiver.Format.ALERTMANAGER,
                                                        Duration.ofMinutes(5),
                                                        Duration.ofSeconds(3),
                                                        new ReceiverSettings.Files(
                                                                Optional.of(Path.of("/secrets/am")),
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.empty())),
                                                new ReceiverSettings(
                                                        "hook",
                                                        ReceiverSettings.Kind.WEBHOOK,
                                                        new ReceiverSettings.Address(
                                                                Optional.empty(), Optional.of(Path.of("/secrets/url"))),
                                                        Receiver.Format.CLOUDEVENTS,
                                                        Duration.ofMinutes(1),
                                                        Duration.ofSeconds(10),
                                                        new ReceiverSettings.Files(
                                                                Optional.empty(),
                                                                Optional.of(Path.of("/secrets/key")),
                                                                Optional.of(Path.of("/secrets/ca")),
                                                                Optional.of(Path.of("/secrets/tls.crt")),
                                                                Optional.of(Path.of("/secrets/tls.key")))))),
                                new ConsoleSettings(
                                        "jdbc:postgresql://db/console",
                                        Optional.of("reader"),
                                        Optional.of(Path.of("/run/secrets/db")),
                                        2L << 30,
                                        Duration.ofDays(7),
                                        new ConsoleAddress(
                                                "::1",
                                                0,
                                                Optional.of(Path.of("/secrets/console.crt")),
                                                Optional.of(Path.of("/secrets/console.key"))),
                                        new AccessSettings(
                                                Optional.of(Path.of("/run/secrets/tokens")),
                                                Optional.empty(),
                                                Set.of("filename"),
                                                Optional.of(Path.of("/run/secrets/cookies")),
                                                600),
                                        new ActRights(false, 500)),
                                new AskingSettings(
                                        Optional.of("https://console:8090"), Optional.of(Path.of("/secrets/ca"))),
                                new IntakeSettings(
                                        true,
                                        "other.events",
                                        new IntakeSettings.Durability(
                                                IntakeSettings.Promise.SPOOL,
                                                Optional.of(Path.of("/var/spool/intake")),
                                                3L << 30),
                                        new IntakeSettings.Limits(70, 2L << 20, 700, Duration.ofSeconds(5), 90)))));
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

    static ServiceConfig read(String yaml) {
        return new ConfigReader(Map.of()).read("test.yaml", yaml);
    }

    static List<String> problems(String yaml) {
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
