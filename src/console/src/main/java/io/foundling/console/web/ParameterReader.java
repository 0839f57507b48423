package io.foundling.console.web;

import io.foundling.console.web.Parameter.Place;
import io.foundling.console.web.Parameter.Presence;
import io.foundling.topology.text.Suggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the parameters of one request, and notes all that is wrong with them. */
final class ParameterReader {

    private final Instant now;
    private final List<Problem.Fault> faults = new ArrayList<>();
    private final Map<String, List<Object>> values = new LinkedHashMap<>();

    private ParameterReader(Instant now) {
        this.now = now;
    }

    /**
     * Returns the values by the names of their parameters.
     *
     * @param path texts of the parameters in the path
     * @param query texts of those in the query
     * @param headers texts of those that are headers
     * @throws ProblemException if something is wrong
     */
    static Map<String, List<Object>> read(
            List<Parameter<?>> expected,
            Map<String, String> path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            Instant now) {
        ParameterReader reader = new ParameterReader(now);
        query.keySet().forEach(name -> reader.refuseUnknown(name, expected));
        for (Parameter<?> parameter : expected) {
            reader.read(
                    parameter,
                    switch (parameter.place()) {
                        case PATH -> inPath(parameter, path);
                        case QUERY -> named(parameter, query);
                        case HEADER -> named(parameter, headers);
                    });
        }
        if (!reader.faults.isEmpty()) {
            throw new ProblemException(Problem.wrongInput(reader.faults));
        }
        return reader.values;
    }

    private static List<String> inPath(Parameter<?> parameter, Map<String, String> path) {
        return Optional.ofNullable(path.get(parameter.name())).stream().toList();
    }

    private static List<String> named(Parameter<?> parameter, Map<String, List<String>> texts) {
        List<String> found = texts.getOrDefault(parameter.name(), List.of());
        return found.isEmpty() ? parameter.fallback().stream().toList() : found;
    }

    private void refuseUnknown(String name, List<Parameter<?>> expected) {
        List<String> known = expected.stream()
                .filter(parameter -> parameter.place() == Place.QUERY)
                .map(Parameter::name)
                .toList();
        if (!known.contains(name)) {
            String suggestion = Suggestion.of(name, known);
            String instead = known.isEmpty() ? "there are none here" : "must be one of " + String.join(", ", known);
            faults.add(new Problem.Fault(name, "parameter " + Shown.of(name) + " is unknown, " + instead + suggestion));
        }
    }

    private void read(Parameter<?> parameter, List<String> texts) {
        if (texts.isEmpty() && parameter.presence() != Presence.OPTIONAL) {
            add(parameter, "is missing, must be " + parameter.type().expected());
        } else if (texts.size() > 1 && parameter.presence() != Presence.MANY) {
            add(parameter, "is there " + texts.size() + " times, must be there once");
        } else {
            List<Object> found = new ArrayList<>();
            texts.forEach(text -> value(parameter, text).ifPresent(found::add));
            values.put(parameter.name(), List.copyOf(found));
        }
    }

    private Optional<?> value(Parameter<?> parameter, String text) {
        Optional<?> value = parameter.type().parser().apply(text, now);
        if (value.isEmpty()) {
            add(
                    parameter,
                    "is " + Shown.of(text) + ", must be " + parameter.type().expected());
        }
        return value;
    }

    private void add(Parameter<?> parameter, String what) {
        faults.add(new Problem.Fault(parameter.name(), parameter.name() + " " + what));
    }
}
