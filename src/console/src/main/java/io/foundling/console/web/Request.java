package io.foundling.console.web;

import io.foundling.console.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose parameters are as the operation expects them.
 *
 * @param target path and query as they were sent
 * @param now when it arrived
 * @param mediaType of those that the operation answers, the one that the caller wants
 * @param given the values of parameters by their names, without those that are missing
 * @param credentials as they were sent, for pages, which know their callers by a cookie
 */
public record Request(
        Operation operation,
        Caller caller,
        String target,
        Instant now,
        String mediaType,
        Map<String, List<Object>> given,
        Payload payload,
        Credentials credentials) {

    /** Returns the bytes of the body; none if the operation has no body. */
    public byte[] body() {
        return payload.bytes();
    }

    /** Returns the value of a parameter that must be there or has a fallback. */
    public <T> T value(Parameter<T> parameter) {
        return found(parameter)
                .orElseThrow(() -> new IllegalStateException("parameter " + parameter.name() + " is not required"));
    }

    /** Returns the value of a parameter that may be missing. */
    public <T> Optional<T> found(Parameter<T> parameter) {
        return all(parameter).stream().findFirst();
    }

    /** Returns all values of a parameter, in the order of the request. */
    @SuppressWarnings("unchecked")
    public <T> List<T> all(Parameter<T> parameter) {
        return (List<T>) given.getOrDefault(parameter.name(), List.of());
    }
}
