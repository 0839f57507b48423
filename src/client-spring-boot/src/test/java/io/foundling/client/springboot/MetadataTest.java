package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.foundling.client.RecorderSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an editor knows of the settings: made from the settings of the recorder ({@code -Dgolden.update=true}). */
class MetadataTest {

    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @Test
    void shouldDescribeEverySetting() throws IOException {
        // When
        List<Map<String, Object>> properties = new ArrayList<>();
        for (RecorderSetting setting : RecorderSetting.values()) {
            if (setting != RecorderSetting.CLOSE_ON_EXIT) {
                properties.add(property(setting));
            }
        }
        properties.add(Map.of(
                "name", "audit.kafka",
                "type", "java.util.Map<java.lang.String,java.lang.String>",
                "description", "Settings of the Kafka producer and the serializer, by their own names."));
        properties.add(Map.of(
                "name", "management.health.audit.enabled",
                "type", "java.lang.Boolean",
                "description", "Whether the health of the recorder is shown.",
                "defaultValue", true));
        properties.add(Map.of(
                "name", "foundling.batch.enabled",
                "type", "java.lang.Boolean",
                "description", "Whether the jobs of Spring Batch are reported.",
                "defaultValue", true));
        properties.add(Map.of(
                "name", "foundling.batch.source",
                "type", "java.lang.String",
                "description", "The source of the subjects that jobs are reported as. By default: audit.service."));
        String expected = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(Map.of("properties", properties))
                + "\n";

        // Then
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(METADATA, expected);
        }
        assertThat(METADATA).hasContent(expected);
    }

    private static Map<String, Object> property(RecorderSetting setting) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", setting.key());
        property.put("type", type(setting));
        if (setting == RecorderSetting.INSTANCE) {
            // Its default is not a value that an editor could offer.
            property.put("description", setting.meaning() + " By default: " + setting.standard() + ".");
            return property;
        }
        property.put("description", setting.meaning());
        if (!setting.standard().isEmpty()) {
            property.put("defaultValue", setting.standard());
        }
        return property;
    }

    private static String type(RecorderSetting setting) {
        return switch (setting) {
            case ASYNC, DURABLE, CLOSE_ON_EXIT -> "java.lang.Boolean";
            case QUEUE_FULL -> "io.foundling.client.QueueFullPolicy";
            case QUEUE_MAXSIZE, QUEUE_MAXBYTES, SPOOL_MAXBYTES -> "java.lang.Long";
            case QUEUE_BLOCK_MS, DRAIN_INTERVAL_MS, DURABLE_FLUSH_MS, CLOSE_TIMEOUT_MS -> "java.lang.Long";
            default -> "java.lang.String";
        };
    }
}
