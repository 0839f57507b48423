package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.topics.AccessRules;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Topics and rights that the chart asks Strimzi for, compared with what the topology declares and uses. */
class KafkaObjectsTest {

    private static final Path TOPICS = Path.of("../topology/topics.yaml");
    private static final Path GOLDEN_TOPOLOGY = Path.of("../topology/topology.txt");
    private static final Pattern READS = Pattern.compile("Source: \\S+ \\(topics: \\[([^]]+)]\\)");
    private static final Pattern WRITES = Pattern.compile("Sink: \\S+ \\(topic: (\\S+)\\)");

    @Test
    void shouldCarryTheTopicsOfTheTopology() throws IOException {
        // Given
        Path copy = Chart.DIRECTORY.resolve("files/topics.yaml");

        // When
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(copy, Files.readString(TOPICS));
        }

        // Then
        assertThat(copy)
                .as("a copy of topology/topics.yaml; run the tests with -Dgolden.update=true")
                .hasSameTextualContentAs(TOPICS);
    }

    @Test
    void shouldMakeTheTopicsAsDeclared() {
        // Then
        shouldMake("values-secured.yaml", TopicContracts.declared());
        shouldMake(
                "values-everything.yaml",
                TopicContracts.declared(new TopicPrefix("declarations."))
                        .withSources(List.of("audit.events", "payroll.Audit_events"))
                        .withPartitions(12));
    }

    private static void shouldMake(String example, TopicContracts contracts) {
        // When
        List<KafkaTopic> topics = Chart.with(example).all(KafkaTopic.class);

        // Then
        Map<String, KafkaTopic> made = topics.stream()
                .collect(Collectors.toMap(topic -> topic.getSpec().getTopicName(), topic -> topic));
        assertThat(made.keySet())
                .isEqualTo(contracts.all().stream().map(TopicContract::name).collect(Collectors.toSet()));
        contracts.all().forEach(contract -> {
            KafkaTopic topic = made.get(contract.name());
            assertThat(topic.getSpec().getPartitions()).isEqualTo(contract.partitions());
            assertThat(topic.getSpec().getReplicas()).isEqualTo(3);
            Map<String, String> expected = new TreeMap<>(contract.config());
            expected.put("min.insync.replicas", "2");
            assertThat(texts(topic.getSpec().getConfig())).isEqualTo(expected);
            assertThat(topic.getMetadata().getName()).matches("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");
            assertThat(topic.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "kafka");
            assertThat(topic.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        });
    }

    @Test
    void shouldLetTheServiceReadAndWriteWhatTheTopologyDoes() throws IOException {
        // Given
        String topology = Files.readString(GOLDEN_TOPOLOGY);
        Set<String> reads = names(topology, READS);
        Set<String> writes = names(topology, WRITES);
        Set<String> declared = TopicContracts.declared().all().stream()
                .map(TopicContract::name)
                .collect(Collectors.toSet());

        // When
        List<KafkaRight> rights = rights("values-secured.yaml");

        // Then
        // The start also reads the newest records of what it writes.
        Set<String> looked = new TreeSet<>(reads);
        looked.addAll(writes);
        assertThat(allowed(rights, AclOperation.READ, declared)).isEqualTo(only(declared, looked));
        assertThat(allowed(rights, AclOperation.WRITE, declared)).isEqualTo(only(declared, writes));
        assertThat(allowed(rights, AclOperation.DESCRIBE_CONFIGS, declared)).isEqualTo(declared);
        // What is left is internal, and begins with the application's name in the broker.
        Set<String> internal = writes.stream()
                .filter(topic -> !declared.contains(topic))
                .map(topic -> "foundling-" + topic)
                .collect(Collectors.toSet());
        assertThat(internal).isNotEmpty();
        assertThat(allowed(rights, AclOperation.WRITE, internal)).isEqualTo(internal);
    }

    @Test
    void shouldNameOnlyWhatBelongsToTheApplication() {
        // When
        List<KafkaRight> rights = rights("values-everything.yaml");

        // Then
        assertThat(rights)
                .filteredOn(right -> right.type() == ResourceType.GROUP)
                .extracting(KafkaRight::name)
                .containsOnly("declarations");
        assertThat(rights)
                .filteredOn(right -> right.type() == ResourceType.TRANSACTIONAL_ID)
                .extracting(KafkaRight::name)
                .containsOnly("declarations-");
        assertThat(rights).noneMatch(right -> right.type() == ResourceType.CLUSTER);
        assertThat(rights).noneMatch(right -> right.name().equals("*"));
        assertThat(allowed(rights, AclOperation.READ, Set.of("payroll.Audit_events")))
                .hasSize(1);
    }

    @Test
    void shouldGrantWhatTheServiceChecksForAndNothingElse() {
        // Then
        assertThat(rights("values-secured.yaml"))
                .containsExactlyInAnyOrderElementsOf(needed("foundling", TopicContracts.declared()));
        assertThat(rights("values-everything.yaml"))
                .containsExactlyInAnyOrderElementsOf(needed(
                        "declarations",
                        TopicContracts.declared(new TopicPrefix("declarations."))
                                .withSources(List.of("audit.events", "payroll.Audit_events"))));
    }

    @Test
    void shouldMakeNothingTwiceWhenTwoReleasesShareANamespace() {
        // When
        Manifests first = Chart.release("foundling", "values-secured.yaml");
        Manifests second = Chart.release("foundling-blue", "values-secured.yaml", "values-blue.yaml");

        // Then
        assertThat(identities(first)).isNotEmpty().doesNotContainAnyElementsOf(identities(second));
        assertThat(second.all(KafkaTopic.class))
                .extracting(topic -> topic.getSpec().getTopicName())
                .hasSize(TopicContracts.declared().all().size() - 1)
                .allMatch(topic -> topic.startsWith("blue."));
        assertThat(KafkaRight.of(second.only(KafkaUser.class)))
                .containsExactlyInAnyOrderElementsOf(needed(
                        "blue",
                        TopicContracts.declared(new TopicPrefix("blue.")).withSources(List.of("audit.events"))));
    }

    /** Sources follow the prefix, in the chart as in the service. */
    @Test
    void shouldMakeTheSourceUnderThePrefixWhenNoneIsNamed() {
        // When
        Manifests manifests = Chart.with("values-secured.yaml", Map.of("config.topics.prefix", "team."));

        // Then
        assertThat(manifests.all(KafkaTopic.class))
                .extracting(topic -> topic.getSpec().getTopicName())
                .containsExactlyInAnyOrderElementsOf(TopicContracts.declared(new TopicPrefix("team.")).all().stream()
                        .map(TopicContract::name)
                        .toList());
    }

    private static List<String> identities(Manifests manifests) {
        return manifests.objects().stream()
                .map(object -> object.getKind()
                        + ' '
                        + object.getMetadata().getNamespace()
                        + ' '
                        + object.getMetadata().getName())
                .toList();
    }

    private static List<KafkaRight> rights(String example) {
        return KafkaRight.of(Chart.with(example).only(KafkaUser.class));
    }

    private static List<KafkaRight> needed(String application, TopicContracts topics) {
        return AccessRules.ofService(application, topics).stream()
                .map(rule -> new KafkaRight(rule.resource(), rule.pattern(), rule.name(), rule.operation()))
                .toList();
    }

    private static Set<String> allowed(List<KafkaRight> rights, AclOperation operation, Set<String> topics) {
        return topics.stream()
                .filter(topic -> rights.stream()
                        .anyMatch(right -> right.type() == ResourceType.TOPIC
                                && right.operation() == operation
                                && right.matches(topic)))
                .collect(Collectors.toSet());
    }

    private static Set<String> only(Set<String> declared, Set<String> used) {
        return declared.stream().filter(used::contains).collect(Collectors.toSet());
    }

    private static Set<String> names(String topology, Pattern pattern) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(topology);
        while (matcher.find()) {
            names.addAll(List.of(matcher.group(1).split(", ")));
        }
        return names;
    }

    private static Map<String, String> texts(Map<String, Object> config) {
        return config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }
}
