package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldHoldEverySetting() throws IOException {
        // When
        String table = Arrays.stream(RecorderSetting.values())
                .map(setting -> "| `%s` | `%s` | %s | %s |\n"
                        .formatted(
                                setting.variable(),
                                setting.key(),
                                setting.required() ? "(required)" : setting.standard(),
                                setting.meaning()))
                .collect(Collectors.joining());

        // Then
        assertThat(readme()).contains("|---|---|---|---|\n" + table + "\n");
    }

    @Test
    void shouldHoldExamplesThatCompile() throws IOException {
        // Given
        String source = normal(Files.readString(Path.of("src/test/java/io/foundling/client/ReadmeExamples.java")));

        // When
        List<String> blocks = JAVA_BLOCK
                .matcher(readme())
                .results()
                .map(block -> block.group(1))
                .toList();

        // Then
        assertThat(blocks).hasSize(4).allSatisfy(block -> assertThat(source).contains(normal(block)));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static String normal(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
