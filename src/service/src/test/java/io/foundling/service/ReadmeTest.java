package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.topics.DeliverySettings;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.reading.ReaderSettings;
import io.foundling.schemas.AvroConfig;
import io.foundling.service.bridge.BridgeProperties;
import io.foundling.service.command.Foundling;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.foundling.topology.topics.TopicContracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** The front page and the pages that it leads to: what they show compiles, is understood, and is what the program does. */
class ReadmeTest {

    /** Longer, and nobody reads it to the end. */
    private static final int LONGEST_FRONT_PAGE_IN_BYTES = 8192;

    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w*[A-Z]?\\w*)(?:\\.\\w+\\(\\))?`");

    @Test
    void shouldBeReadInThreeMinutes() throws IOException {
        assertThat(Files.size(Page.FRONT.file())).isLessThanOrEqualTo(LONGEST_FRONT_PAGE_IN_BYTES);
    }

    @Test
    void shouldBeginWithTwoCommands() {
        assertThat(Page.FRONT.blocks())
                .filteredOn(block -> block.language().equals("sh"))
                .first()
                .satisfies(block -> assertThat(block.commands()).containsExactly("./foundling demo", "mvn verify"));
    }

    /** Text is a drawing, or what a program prints. The tests of the examples run the Python. */
    @ParameterizedTest
    @MethodSource("io.foundling.service.Page#ofTheService")
    void shouldHoldNoCodeThatNothingChecks(Page page) {
        assertThat(page.blocks()).extracting(Page.Block::language).isSubsetOf("java", "python", "yaml", "sh", "text");
    }

    @Test
    void shouldHoldExamplesThatCompile() throws IOException {
        // Given
        String source = normal(Files.readString(Path.of("src/test/java/io/foundling/service/ReadmeExamples.java")));

        // When
        List<String> blocks = code("java").map(ReadmeTest::normal).toList();

        // Then
        assertThat(blocks).hasSize(7).allSatisfy(block -> assertThat(source).contains(block));
    }

    /** Other YAML is a mapping, which begins with a subject and has a test of its own. */
    @Test
    void shouldHoldConfigurationsThatAreUnderstood() {
        // When
        List<ServiceConfig> configs = code("yaml")
                .filter(block -> !block.startsWith("subject:"))
                .map(ReadmeTest::config)
                .toList();

        // Then
        assertThat(configs).hasSize(16);
    }

    @Test
    void shouldSayWhenThePolicyOfTheFrontPageWarns() {
        // When
        ServiceConfig config = config(Page.FRONT.code("yaml").findFirst().orElseThrow());

        // Then
        assertThat(config.ledger().policies()).singleElement().satisfies(policy -> {
            assertThat(policy.window()).hasValue(Duration.ofHours(2));
            assertThat(policy.grace()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void shouldHoldASecureConfigurationThatIsUnderstood() {
        // Given
        String yaml = code("yaml")
                .filter(block -> block.contains("SASL_SSL"))
                .findFirst()
                .orElseThrow();

        // When
        ServiceConfig config = config(yaml);

        // Then
        assertThat(AvroConfig.definition().names())
                .containsAll(config.avro().values().keySet());
        assertThat(config.toString()).doesNotContain("…");
    }

    @Test
    void shouldShowHowTheSerdesOfConfluentAreNamed() {
        // Given
        String yaml = code("yaml")
                .filter(block -> block.contains("io.confluent"))
                .findFirst()
                .orElseThrow();

        // When
        ServiceConfig config = config(yaml);

        // Then
        assertThat(config.avro().values()).containsKeys(AvroConfig.SERDE_CLASS, AvroConfig.SERIALIZER_CLASS);
    }

    @Test
    void shouldListTheAclsOfTheService() {
        shouldList("acls", AccessRules.ofService("foundling", TopicContracts.declared()));
    }

    @Test
    void shouldListTheAclsOfNotify() {
        shouldList(
                "acls-notify",
                AccessRules.ofNotify(TopicNames.ALERTS, TopicNames.DELIVERIES, DeliverySettings.groups("foundling")));
    }

    @Test
    void shouldListTheAclsOfTheConsole() {
        List<String> topics = ModelTopic.of(TopicContracts.declared()).stream()
                .map(ModelTopic::name)
                .toList();
        shouldList(
                "acls-console",
                AccessRules.ofConsole(topics, List.of(TopicNames.EVENTS), ReaderSettings.group("foundling")));
    }

    @Test
    void shouldListTheAclsOfTheBridge() {
        shouldList(
                "acls-bridge",
                AccessRules.ofBridge(
                        List.of("shop.outbox"),
                        List.of(TopicNames.EVENTS),
                        TopicNames.DEAD_LETTERS,
                        BridgeProperties.groups("foundling")));
    }

    private static void shouldList(String section, List<AccessRule> rules) {
        new GoldenSection("docs/security.md", section)
                .shouldHold("| ACL | because |\n|---|---|\n"
                        + rules.stream()
                                .map(rule -> "| " + rule.sentence() + " | " + rule.why() + " |")
                                .collect(Collectors.joining("\n")));
    }

    @Test
    void shouldListTheExitCodesOfTheProgram() {
        new GoldenSection("docs/operation.md", "exit-codes")
                .shouldHold("| exit code | meaning |\n|---|---|\n"
                        + Stream.of(Foundling.class.getAnnotation(Command.class).exitCodeList())
                                .map(code -> "| " + code.replaceFirst(":", " | ") + " |")
                                .collect(Collectors.joining("\n")));
    }

    /** A word in code that begins like the name of a class is one of this repository. */
    @Test
    void shouldNameClassesThatThereAre() throws IOException {
        // Given
        Set<String> known = new TreeSet<>();
        for (String module : List.of("src/service", "src/local", "topology", "deploy")) {
            try (Stream<Path> sources = Files.walk(Page.ROOT.resolve(module).resolve("src"))) {
                sources.map(source -> source.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .forEach(known::add);
            }
        }

        // When
        List<String> named = CLASS.matcher(new Page(Path.of("README.md")).text())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("Callable"))
                .toList();

        // Then
        assertThat(named)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    private static Stream<String> code(String language) {
        return Page.ofTheService().stream().flatMap(page -> page.code(language));
    }

    private static ServiceConfig config(String yaml) {
        return new ConfigReader(Map.of()).read("the block", yaml);
    }

    private static String normal(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
