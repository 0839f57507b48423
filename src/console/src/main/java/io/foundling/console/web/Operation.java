package io.foundling.console.web;

import io.foundling.console.access.Role;
import java.util.List;
import java.util.Optional;

/**
 * One thing that can be asked or done.
 *
 * @param id unique; for OpenAPI, metrics and logs
 * @param role that the caller needs; none: anybody may, also without credentials
 * @param summary a sentence
 * @param body that a request has; none if it has none
 */
public record Operation(
        String id,
        Route route,
        Optional<Role> role,
        String summary,
        List<Parameter<?>> parameters,
        Optional<Body> body,
        Answer answer,
        Handler handler) {

    public Operation {
        parameters = List.copyOf(parameters);
    }

    /** Makes one that changes nothing. */
    public static Operation get(
            String id,
            String path,
            Role role,
            String summary,
            List<Parameter<?>> parameters,
            Answer answer,
            Handler handler) {
        return new Operation(
                id,
                new Route(Method.GET, path),
                Optional.of(role),
                summary,
                parameters,
                Optional.empty(),
                answer,
                handler);
    }

    /** Returns this as one that anybody may ask, also without credentials. */
    public Operation open() {
        return new Operation(id, route, Optional.empty(), summary, parameters, body, answer, handler);
    }

    public String path() {
        return route.path();
    }

    public Method method() {
        return route.method();
    }
}
