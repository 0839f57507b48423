package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class AvroConfigTest {

    @Test
    void shouldBeTheTableOfTheReadme() throws IOException {
        // When
        String table = new TreeMap<>(AvroConfig.definition().configKeys())
                .values().stream()
                        .filter(key -> !key.name.startsWith("schema.registry.ssl."))
                        .map(key -> "| `" + key.name + "` | " + standard(key) + " | " + key.documentation + " |\n")
                        .collect(Collectors.joining());

        // Then
        assertThat(Files.readString(Path.of("README.md"))).contains("|---|---|---|\n" + table + "\n");
    }

    private static String standard(ConfigDef.ConfigKey key) {
        if (key.defaultValue == null || key.defaultValue.equals(List.of())) {
            return "";
        }
        Object value = key.defaultValue instanceof Class<?> type ? type.getName() : key.defaultValue;
        return "`" + value + "`";
    }
}
