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
        operation.role().filter(role -> !caller.has(role)).ifPresent(role -> {
            throw ProblemException.lacking(role);
        });
        return operation
                .handler()
                .reply(new Request(
                        operation,
                        caller,
                        operation.path(),
                        now,
                        mediaType,
                        ParameterReader.read(operation.parameters(), path, query, now),
                        new byte[0],
                        Credentials.NONE));
    }
}
