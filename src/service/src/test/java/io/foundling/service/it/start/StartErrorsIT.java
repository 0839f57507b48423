package io.foundling.service.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalBroker;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when the service cannot start: the sentence, the remedy, the exit code, and nothing else. */
class StartErrorsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private static Path directory;

    private static LocalBroker broker;
    private static ServerSocket taken;
    private static final Map<String, FoundlingProcess> PROCESSES = new LinkedHashMap<>();

    /** All at once: most of the time is spent on starting JVMs and on one waiting for nobody. */
    @BeforeAll
    static void startAll() throws Exception {
        broker = LocalBroker.startIn(directory.resolve("broker"));
        taken = new ServerSocket(0);
        createTopics();
        start("unreachable", Map.of("kafka.bootstrap.servers", NOBODY));
        start("unresolvable", Map.of("kafka.bootstrap.servers", "broker.invalid:9092"));
        start("missing-topic", Map.of("sources", "audit.events,audit.absent"));
        start("other-partitions", Map.of("sources", "audit.events,audit.narrow"));
        start("taken-port", Map.of("http.port", Integer.toString(taken.getLocalPort())));
        start(
                "missing-file",
                Map.of(),
                "--config",
                directory.resolve("absent.yaml").toString());
        start(
                "invalid-yaml",
                Map.of(),
                "--config",
                file("invalid.yaml", "application: foundling\nsources: [audit.events\n"));
        start(
                "bad-configuration",
                Map.of("threads", "many"),
                "--config",
                file(
                        "bad.yaml",
                        "lateafter: 1m\nproofInterval: soon\nkafka:\n  processing.guarantee: at_least_once\n"));
    }

    @AfterAll
    static void stopAll() throws IOException {
        PROCESSES.values().forEach(FoundlingProcess::close);
        taken.close();
        broker.close();
    }

    @Test
    void shouldNameTheAddressWhereNoBrokerAnswers() {
        shouldEnd(
                "unreachable",
                ExitCode.UNAVAILABLE,
                "no broker answered at " + NOBODY
                        + " within 10 s; is it running, and is kafka.bootstrap.servers right?");
    }

    @Test
    void shouldNameTheAddressThatCannotBeResolved() {
        shouldEnd(
                "unresolvable",
                ExitCode.UNAVAILABLE,
                "no host name in kafka.bootstrap.servers can be resolved: broker.invalid:9092");
    }

    @Test
    void shouldNameTheTopicThatDoesNotExist() {
        shouldEnd(
                "missing-topic",
                ExitCode.UNAVAILABLE,
                "topic audit.absent does not exist; create it with 'foundling topics apply'");
    }

    @Test
    void shouldNameTheTopicWithAnotherPartitionCount() {
        shouldEnd(
                "other-partitions",
                ExitCode.UNAVAILABLE,
                "topic audit.narrow has 3 partitions, expected 6, as every source topic, audit.closures and"
                        + " audit.expectations; delete it and create it with 'foundling topics apply'");
    }

    @Test
    void shouldNameThePortThatIsTaken() {
        shouldEnd(
                "taken-port",
                ExitCode.UNAVAILABLE,
                "cannot listen on 127.0.0.1:" + taken.getLocalPort(),
                "another port with http.port or FOUNDLING_HTTP_PORT");
    }

    @Test
    void shouldNameTheFileThatIsMissing() {
        shouldEnd("missing-file", ExitCode.USAGE, "absent.yaml has a problem:", "does not exist, expected a YAML file");
    }

    @Test
    void shouldNameTheLineThatIsNotYamlAndBlameNothingElse() {
        shouldEnd("invalid-yaml", ExitCode.USAGE, "invalid.yaml has a problem:", "line 3: is not valid YAML");
    }

    @Test
    void shouldListEverythingThatIsWrongWithTheConfiguration() {
        shouldEnd(
                "bad-configuration",
                ExitCode.USAGE,
                "bad.yaml has 4 problems:",
                "line 1: unknown key 'lateafter'; did you mean 'lateAfter'?",
                "line 2: proofInterval is 'soon', expected a duration",
                "threads is 'many', expected a whole number from 1 to 64",
                "line 4: kafka.processing.guarantee is set by Foundling itself");
    }

    private static void shouldEnd(String name, int exitCode, String... sentences) {
        FoundlingProcess process = PROCESSES.get(name);
        int ended = process.awaitExit(PATIENCE);
        List<String> problems =
                process.log().lines().filter(line -> !line.contains(" INFO ")).toList();
        assertThat(ended).as(process.log()).isEqualTo(exitCode);
        assertThat(process.log())
                .contains(sentences)
                .doesNotContain("\tat ", "Exception in thread", "Exception:", "unexpected");
        assertThat(problems).hasSizeLessThanOrEqualTo(sentences.length + 1);
    }

    private static void start(String name, Map<String, String> settings, String... options) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "avro.schema.registry.url",
                "http://" + NOBODY,
                "stateDirectory",
                directory.resolve(name).toString(),
                "http.host",
                "127.0.0.1",
                "http.port",
                "0"));
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        PROCESSES.put(name, FoundlingProcess.start(directory.resolve(name + ".log"), all, arguments));
    }

    private static String file(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml).toString();
    }

    /** As declared, and one source more with half of the partitions. */
    private static void createTopics() throws Exception {
        TopicContracts declared = TopicContracts.declared();
        List<NewTopic> topics = new ArrayList<>();
        declared.all().forEach(each -> topics.add(topic(each.name(), each.partitions(), each)));
        topics.add(topic("audit.narrow", 3, declared.sources().get(0)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        }
    }

    private static NewTopic topic(String name, int partitions, TopicContract like) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(like.config());
    }
}
