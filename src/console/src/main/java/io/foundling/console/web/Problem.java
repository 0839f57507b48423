package io.foundling.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why there is no answer, as RFC 9457 has it.
 *
 * @param detail a sentence for the caller
 * @param id under which the log has more; none if it has not
 * @param errors one for each parameter that is wrong
 */
public record Problem(int status, String detail, Optional<String> id, List<Fault> errors) {

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    /** What is wrong with a parameter. */
    public record Fault(String parameter, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Optional.empty(), List.of());
    }

    /** Several things of a request are wrong, at least one. */
    public static Problem wrongInput(List<Fault> errors) {
        String detail = errors.get(0).detail()
                + (errors.size() == 1 ? "" : ", and " + (errors.size() - 1) + " more of the parameters are wrong");
        return new Problem(400, detail, Optional.empty(), errors);
    }

    /** Something failed that nobody expected; the log has it under the id. */
    static Problem failed(String id) {
        return new Problem(
                500,
                "The console failed on this request; its log has the reason under this id",
                Optional.of(id),
                List.of());
    }

    public String title() {
        return TITLES.getOrDefault(status, "HTTP " + status);
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "about:blank");
        json.put("title", title());
        json.put("status", status);
        json.put("detail", detail);
        id.ifPresent(known -> json.put("id", known));
        if (!errors.isEmpty()) {
            ArrayNode list = json.putArray("errors");
            errors.forEach(error ->
                    list.addObject().put("parameter", error.parameter()).put("detail", error.detail()));
        }
        return json;
    }

    Reply reply() {
        return Reply.whole(status, MediaTypes.PROBLEM, json().toString());
    }
}
