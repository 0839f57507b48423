package io.foundling.console.web;

import io.foundling.console.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks operations from within this process, on behalf of a caller who is known. Whatever HTTP refuses, it refuses. */
public final class InnerCall {

    private InnerCall() {}

    /**
     * Returns what the operation answers.
     *
     * @param path texts of the parameters in the path
     * @param query texts of those in the query
     * @throws ProblemException if there is no answer
     */
    public static Reply reply(
            Operation operation,
            Caller caller,
            Instant now,
            String mediaType,
            Map<String, String> path,
            Map<String, List<String>> query) {
        checkRole(operation, caller);
        return operation
                .handler()
                .reply(request(
                        operation,
                        caller,
                        now,
                        mediaType,
                        ParameterReader.read(operation.parameters(), path, query, Map.of(), now),
                        Payload.NONE));
    }

    /**
     * Returns what the operation answers to a body, as JSON.
     *
     * @param path texts of the parameters in the path
     * @param query texts of those in the query
     * @param body as the operation wants it
     * @throws ProblemException if there is no answer
     */
    public static Reply reply(
            Operation operation,
            Caller caller,
            Instant now,
            Map<String, String> path,
            Map<String, List<String>> query,
            byte[] body) {
        checkRole(operation, caller);
        long maxBytes = operation.body().map(Body::maxBytes).orElse(0L);
        if (body.length > maxBytes) {
            throw BodyReader.tooLarge(maxBytes);
        }
        return operation
                .handler()
                .reply(request(
                        operation,
                        caller,
                        now,
                        MediaTypes.JSON,
                        ParameterReader.read(operation.parameters(), path, query, Map.of(), now),
                        new Payload(MediaTypes.JSON, body)));
    }

    private static void checkRole(Operation operation, Caller caller) {
        operation.role().filter(role -> !caller.has(role)).ifPresent(role -> {
            throw ProblemException.lacking(role);
        });
    }

    private static Request request(
            Operation operation,
            Caller caller,
            Instant now,
            String mediaType,
            Map<String, List<Object>> given,
            Payload body) {
        return new Request(operation, caller, operation.path(), now, mediaType, given, body, Credentials.NONE);
    }
}
