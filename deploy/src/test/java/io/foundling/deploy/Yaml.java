package io.foundling.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML as strictly as an API server: no unknown field, no field twice, no number where a text belongs. */
final class Yaml {

    private static final YAMLMapper TREES = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final YAMLMapper OBJECTS = objects();

    private Yaml() {}

    /** Reads one document. */
    static JsonNode tree(String document) {
        try {
            return TREES.readTree(document);
        } catch (JsonProcessingException invalid) {
            throw new AssertionError(invalid.getOriginalMessage() + " in\n" + document, invalid);
        }
    }

    /** Lays values over others, as Helm does: mappings are merged, everything else is replaced. */
    static JsonNode merged(JsonNode under, JsonNode over) {
        if (!(under instanceof ObjectNode fields) || !over.isObject()) {
            return over;
        }
        ObjectNode merged = fields.deepCopy();
        over.properties()
                .forEach(field -> merged.set(field.getKey(), merged(merged.path(field.getKey()), field.getValue())));
        return merged;
    }

    /** Turns a tree into an object of a Kubernetes model; fails on everything that the model does not know. */
    static <T> T object(JsonNode tree, Class<T> type) {
        try {
            return OBJECTS.treeToValue(tree, type);
        } catch (JsonProcessingException unknown) {
            throw new AssertionError(unknown.getOriginalMessage() + " in\n" + tree.toPrettyString(), unknown);
        }
    }

    private static YAMLMapper objects() {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new WithoutAnySetters())
                .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }

    /** The models keep unknown fields in a map of their own, silently. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
