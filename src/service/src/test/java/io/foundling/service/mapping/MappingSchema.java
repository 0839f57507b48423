package io.foundling.service.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The JSON Schema of the mapping language. */
public final class MappingSchema {

    private static final Path FILE = Path.of("docs/mapping.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final Schema compiled;

    private MappingSchema(JsonNode document) {
        this.document = document;
        this.compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document.toString());
    }

    public static MappingSchema read() {
        try {
            return new MappingSchema(JSON.readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is wrong with a mapping. */
    public List<Error> faults(String yaml) {
        try {
            return compiled.validate(JSON.writeValueAsString(new Yaml().<Object>load(yaml)), InputFormat.JSON);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode definitions() {
        return document.get("$defs");
    }

    /** Returns the definition that a reference names; the node itself if it has no reference. */
    JsonNode definition(JsonNode node) {
        return node.has("$ref") ? definitions().get(node.get("$ref").asText().replaceFirst(".*/", "")) : node;
    }

    /** Returns the keys that a mapping may have by a definition, with what is said of each. */
    Map<String, JsonNode> keys(JsonNode definition) {
        Map<String, JsonNode> keys = new TreeMap<>(ownKeys(definition));
        all(definition, "allOf").forEach(part -> keys.putAll(keys(definition(part))));
        all(definition, "anyOf").stream()
                .filter(form -> form.has("properties"))
                .forEach(form -> keys.putAll(keys(form)));
        return keys;
    }

    /** Returns the keys of a definition without those of others, in the order of the file. */
    static Map<String, JsonNode> ownKeys(JsonNode definition) {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        definition.path("properties").properties().forEach(key -> keys.put(key.getKey(), key.getValue()));
        all(definition, "anyOf").forEach(form -> keys.putAll(ownKeys(form)));
        return keys;
    }

    private static List<JsonNode> all(JsonNode definition, String key) {
        List<JsonNode> parts = new ArrayList<>();
        definition.path(key).forEach(parts::add);
        return parts;
    }
}
