package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.schemas.AvroConfig;
import io.foundling.service.command.Foundling;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.topics.AccessRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldHoldExamplesThatCompile() throws IOException {
        // Given
        String source = normal(Files.readString(Path.of("src/test/java/io/foundling/service/ReadmeExamples.java")));

        // When
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map(block -> normal(block.group(1)))
                .toList();

        // Then
        assertThat(blocks).hasSize(3).allSatisfy(block -> assertThat(source).contains(block));
    }

    @Test
    void shouldHoldASecureConfigurationThatIsUnderstood() throws IOException {
        // Given
        String yaml = YAML_BLOCK
                .matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("SASL_SSL"))
                .findFirst()
                .orElseThrow();

        // When
        ServiceConfig config = new ConfigReader(Map.of()).read("README.md", yaml);

        // Then
        assertThat(AvroConfig.definition().names())
                .containsAll(config.avro().values().keySet());
        assertThat(config.toString()).doesNotContain("…");
    }

    @Test
    void shouldListTheAclsOfTheService() {
        new GoldenSection("acls")
                .shouldHold("| ACL | because |\n|---|---|\n"
                        + AccessRules.ofService("foundling", List.of("audit.events")).stream()
                                .map(rule -> "| " + rule.sentence() + " | " + rule.why() + " |")
                                .collect(Collectors.joining("\n")));
    }

    @Test
    void shouldListTheExitCodesOfTheProgram() {
        new GoldenSection("exit-codes")
                .shouldHold("| exit code | meaning |\n|---|---|\n"
                        + Stream.of(Foundling.class.getAnnotation(Command.class).exitCodeList())
                                .map(code -> "| " + code.replaceFirst(":", " | ") + " |")
                                .collect(Collectors.joining("\n")));
    }

    private static String normal(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
