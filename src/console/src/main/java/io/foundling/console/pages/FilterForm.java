package io.foundling.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The filters of a list: a field for each parameter that the API has.
 *
 * @param action the path of the page
 * @param isUsed whether any filter is set
 */
public record FilterForm(String action, List<Field> fields, boolean isUsed) {

    private static final Set<String> OF_PAGES = Set.of("limit", "cursor");

    /**
     * Makes it.
     *
     * @param given texts of the request, without empty ones
     */
    static FilterForm of(
            String action, Operation operation, Map<String, List<String>> given, List<Problem.Fault> faults) {
        List<Field> fields = filters(operation).stream()
                .map(parameter -> field(parameter, given, faults))
                .toList();
        return new FilterForm(
                action, fields, fields.stream().anyMatch(field -> !field.isFixed() && given.containsKey(field.name())));
    }

    static List<Parameter<?>> filters(Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY && !OF_PAGES.contains(parameter.name()))
                .toList();
    }

    private static Field field(Parameter<?> parameter, Map<String, List<String>> given, List<Problem.Fault> faults) {
        JsonNode schema = parameter.type().schema();
        List<String> options = new ArrayList<>();
        schema.path("enum").forEach(option -> options.add(option.asText()));
        options.remove("UNKNOWN");
        if (schema.path("type").asText().equals("boolean")) {
            options.addAll(List.of("false", "true"));
        }
        Optional<String> first =
                given.getOrDefault(parameter.name(), List.of()).stream().findFirst();
        return new Field(
                parameter.name(),
                Words.label(parameter.name()),
                first.or(parameter::fallback).orElse(""),
                options,
                parameter.fallback().isPresent(),
                schema.path("example").asText(""),
                faults.stream()
                        .filter(fault -> fault.parameter().equals(parameter.name()))
                        .map(Problem.Fault::detail)
                        .findFirst());
    }
}
