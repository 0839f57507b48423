package io.foundling.service.asking;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is asked of a console: a path below {@code /api/v1}, and parameters. Immutable.
 *
 * @param path a key of a subject in it is as it is: its slashes are segments, its other parts are encoded
 */
public record Question(String path, Map<String, String> parameters) {

    static final String PREFIX = "/api/v1/";

    public Question {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Question of(String path) {
        return new Question(path, Map.of());
    }

    /** Returns this with a parameter, in place of one of the same name. */
    public Question with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Question(path, more);
    }

    /** Returns this with a parameter if there is a value. */
    public Question with(String name, Optional<String> value) {
        return value.map(given -> with(name, given)).orElse(this);
    }

    URI uri(AskedConsole console) {
        String base = console.url().toString().replaceFirst("/+$", "");
        String query = parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + '=' + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(base + PREFIX + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
