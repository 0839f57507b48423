package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

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

    private static String normal(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
