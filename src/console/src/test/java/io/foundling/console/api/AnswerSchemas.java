package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.foundling.console.web.MediaTypes;
import java.util.List;
import java.util.Map;

/** Compares answers with an OpenAPI document. */
final class AnswerSchemas {

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectNode document;

    AnswerSchemas(ObjectNode document) {
        this.document = document;
    }

    /** Returns what is wrong with an answer. */
    List<Error> faults(String path, String mediaType, String answer) {
        return faults("get", path, mediaType, answer);
    }

    List<Error> faults(String method, String path, String mediaType, String answer) {
        ObjectNode schema = document.get("paths")
                .get(path)
                .get(method)
                .get("responses")
                .get("200")
                .get("content")
                .get(mediaType)
                .get("schema")
                .deepCopy();
        return faults(schema, answer);
    }

    List<Error> problemFaults(String answer) {
        ObjectNode schema =
                document.get("components").get("schemas").get("Problem").deepCopy();
        return faults(schema, answer);
    }

    private List<Error> faults(ObjectNode schema, String answer) {
        schema.set("components", document.get("components"));
        Schema compiled = registry.getSchema(schema.toString());
        return compiled.validate(
                answer,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    /** Returns the media types of an operation, the default first. */
    List<String> mediaTypes(String path) {
        return document
                .get("paths")
                .get(path)
                .get("get")
                .get("responses")
                .get("200")
                .get("content")
                .properties()
                .stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean isJson(String mediaType) {
        return mediaType.equals(MediaTypes.JSON) || mediaType.equals(MediaTypes.NDJSON);
    }
}
