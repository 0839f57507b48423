package io.foundling.console.pages;

import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the address of a page says, as texts: a form sends fields that nobody filled in, too, and what is wrong must be
 * shown beside its field.
 */
record Query(Map<String, String> path, Map<String, List<String>> texts) {

    private static final ParameterType<String> ANY_TEXT = ParameterType.of("a text", Optional::of, Html.ANY);

    /** Returns the parameters of a page that asks an operation. */
    static List<Parameter<?>> parameters(Operation asked) {
        List<Parameter<?>> all = new ArrayList<>();
        for (Parameter<?> parameter : asked.parameters()) {
            all.add(
                    parameter.place() == Parameter.Place.PATH
                            ? Parameter.path(parameter.name(), ANY_TEXT, parameter.description())
                            : Parameter.query(parameter.name(), ANY_TEXT, parameter.description()));
        }
        return all;
    }

    static Query of(Request request) {
        Map<String, String> path = new LinkedHashMap<>();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Parameter<?> parameter : request.operation().parameters()) {
            request.found(parameter)
                    .map(Object::toString)
                    .filter(text -> !text.isBlank())
                    .ifPresent(text -> {
                        if (parameter.place() == Parameter.Place.PATH) {
                            path.put(parameter.name(), text);
                        } else {
                            texts.put(parameter.name(), List.of(text.strip()));
                        }
                    });
        }
        return new Query(path, texts);
    }

    /** Returns this with one value, or with another one. */
    Query with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(texts);
        more.put(name, List.of(value));
        return new Query(path, more);
    }

    Query without(String name) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(texts);
        fewer.remove(name);
        return new Query(path, fewer);
    }

    boolean has(String name) {
        return texts.containsKey(name);
    }

    /** Returns the address of a page with this query. */
    String at(String page) {
        String query = texts.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? page : page + "?" + query;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
