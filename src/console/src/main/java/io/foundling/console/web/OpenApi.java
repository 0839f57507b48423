package io.foundling.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.foundling.console.access.Role;
import io.foundling.console.web.Parameter.Presence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Describes operations as OpenAPI 3.1. */
public final class OpenApi {

    private static final String DESCRIPTION = "description";
    private static final String SCHEMA = "schema";
    private static final String PROBLEM = "Problem";

    private OpenApi() {}

    /**
     * Returns the document.
     *
     * @param schemas that those of the operations refer to, by their names
     */
    public static ObjectNode of(
            String title, String version, List<Operation> operations, Map<String, ObjectNode> schemas) {
        ObjectNode document = object();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", title).put("version", version);
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : operations) {
            paths.withObjectProperty(operation.path())
                    .set(operation.method().name().toLowerCase(Locale.ROOT), operation(operation));
        }
        ObjectNode components = document.putObject("components");
        ObjectNode named = components.putObject("schemas");
        named.set(PROBLEM, problem());
        schemas.forEach(named::set);
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    /** Returns the operation that answers the document, in which it is itself, too. */
    public static Operation served(String path, Supplier<ObjectNode> document) {
        ObjectNode any = object().put("type", "object");
        return Operation.get(
                "openapi",
                path,
                Role.READER,
                "This document",
                List.of(),
                Answer.json("The OpenAPI document", any),
                request -> Reply.json(document.get()));
    }

    private static ObjectNode operation(Operation operation) {
        ObjectNode json = object();
        json.put("operationId", operation.id());
        json.put("summary", operation.summary());
        operation.role().ifPresent(role -> {
            json.put(DESCRIPTION, "Needs the role " + role.name().toLowerCase(Locale.ROOT) + ".");
            json.putArray("security").addObject().putArray("bearer");
        });
        ArrayNode parameters = json.putArray("parameters");
        operation.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        operation.body().ifPresent(body -> {
            ObjectNode described = json.putObject("requestBody");
            described.put(DESCRIPTION, body.description());
            described.put("required", true);
            content(described, body.content());
        });
        ObjectNode responses = json.putObject("responses");
        ObjectNode ok =
                responses.putObject("200").put(DESCRIPTION, operation.answer().description());
        content(ok, operation.answer().content());
        ObjectNode problem = responses.putObject("default").put(DESCRIPTION, "There is no answer, and why.");
        problem.putObject("content")
                .putObject(MediaTypes.PROBLEM)
                .putObject(SCHEMA)
                .put("$ref", "#/components/schemas/" + PROBLEM);
        return json;
    }

    private static void content(ObjectNode of, Map<String, ObjectNode> types) {
        ObjectNode content = of.putObject("content");
        types.forEach((type, schema) -> content.putObject(type).set(SCHEMA, schema));
    }

    private static ObjectNode parameter(Parameter<?> parameter) {
        ObjectNode json = object();
        json.put("name", parameter.name());
        json.put("in", parameter.place().name().toLowerCase(Locale.ROOT));
        json.put(DESCRIPTION, parameter.description());
        json.put("required", parameter.presence() != Presence.OPTIONAL);
        ObjectNode schema = parameter.type().schema().deepCopy();
        parameter.fallback().ifPresent(text -> schema.set("default", fallback(schema, text)));
        if (parameter.presence() == Presence.MANY) {
            ObjectNode array = object().put("type", "array").put("minItems", 1);
            array.set("items", schema);
            json.set(SCHEMA, array);
            json.put("style", "form").put("explode", true);
        } else {
            json.set(SCHEMA, schema);
        }
        return json;
    }

    private static JsonNode fallback(ObjectNode schema, String text) {
        return switch (schema.path("type").asText()) {
            case "integer" -> IntNode.valueOf(Integer.parseInt(text));
            case "boolean" -> BooleanNode.valueOf(Boolean.parseBoolean(text));
            default -> TextNode.valueOf(text);
        };
    }

    private static ObjectNode problem() {
        ObjectNode schema = object().put("type", "object");
        schema.put(DESCRIPTION, "RFC 9457.");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("type").put("type", "string");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties.putObject("detail").put("type", "string");
        properties.putObject("id").put("type", "string").put(DESCRIPTION, "The log has the reason under it.");
        ObjectNode error = properties.putObject("errors").put("type", "array").putObject("items");
        error.put("type", "object");
        ObjectNode parts = error.putObject("properties");
        parts.putObject("parameter").put("type", "string");
        parts.putObject("detail").put("type", "string");
        schema.putArray("required").add("type").add("title").add("status").add("detail");
        return schema;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
