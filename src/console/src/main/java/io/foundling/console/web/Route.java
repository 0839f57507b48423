package io.foundling.console.web;

import java.util.Optional;

/**
 * How an operation is reached.
 *
 * @param path with parameters in braces, each a whole segment
 */
public record Route(Method method, String path) {

    private static final String KEY = "{key}";
    static final String PARTS = "{kind}/{source}/{stage}/{id}";

    public Route {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path is '" + path + "', must begin with a slash");
        }
    }

    /** Returns the path for the key of a subject that is written with its slashes; none if the path has no such key. */
    Optional<String> pathOfParts() {
        return path.contains(KEY) ? Optional.of(path.replace(KEY, PARTS)) : Optional.empty();
    }
}
