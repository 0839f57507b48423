package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Parameter.Presence;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What requests of any operation look like: right ones, made of its examples, and wrong ones. */
final class OperationTargets {

    private OperationTargets() {}

    static String of(Operation operation, boolean isWhole) {
        String query = operation.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .filter(parameter ->
                        isWhole && !parameter.name().equals("cursor") || parameter.presence() != Presence.OPTIONAL)
                .map(parameter -> parameter.name() + "=" + encoded(example(parameter)))
                .collect(Collectors.joining("&"));
        return path(operation) + (query.isEmpty() ? "" : "?" + query);
    }

    private static String path(Operation operation) {
        String key = operation.path().contains("parents/") ? ApiRows.BATCH : key("1");
        return operation.path().replace("{key}", key);
    }

    static String withoutLimit(String target) {
        return target.replaceFirst("limit=[^&]*", "").replace("?&", "?");
    }

    private static String example(Parameter<?> parameter) {
        JsonNode schema = parameter.type().schema();
        if (parameter.name().equals("until")) {
            return NOON.toString();
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0).asText();
        }
        return schema.has("example")
                ? schema.get("example").asText()
                : switch (schema.get("type").asText()) {
                    case "integer" -> schema.get("minimum").asText();
                    case "boolean" -> "true";
                    default -> "university";
                };
    }

    static List<String> wrong(Operation operation) {
        List<String> targets = new ArrayList<>(List.of(of(operation, false) + mark(operation) + "other=1"));
        for (Parameter<?> parameter : operation.parameters()) {
            if (parameter.place() == Parameter.Place.PATH) {
                List.of("nonsense", "planet%2Fa%2Fb%2Fc", "record%2Fa%2Fb%2F%25zz")
                        .forEach(key -> targets.add(operation.path().replace("{key}", key)));
            } else {
                String begin = of(operation, false) + mark(operation) + parameter.name() + "=";
                targets.add(begin);
                if (!parameter.type().expected().startsWith("a text")) {
                    targets.add(begin + "%00%7B");
                }
                String twice = encoded(example(parameter));
                if (parameter.presence() != Presence.MANY) {
                    targets.add(begin + twice + "&" + parameter.name() + "=" + twice);
                }
            }
        }
        return targets;
    }

    private static String mark(Operation operation) {
        return of(operation, false).contains("?") ? "&" : "?";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
