package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The answers to one event and to many. Pure functions. */
final class LineageAnswers {

    private static final String RETRY_AFTER = "Retry-After";
    private static final String RETRY_AFTER_S = "5";

    private LineageAnswers() {}

    /** @throws ProblemException if the event is not durable */
    static Reply one(LineageResult result) {
        if (result instanceof LineageResult.Refused refused) {
            throw ProblemException.of(refused.status(), refused.reason());
        }
        if (result instanceof LineageResult.Unavailable unavailable) {
            throw ProblemException.of(503, unavailable.reason()).header(RETRY_AFTER, RETRY_AFTER_S);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode events = json.putArray("events");
        json.putNull("ignored");
        if (result instanceof LineageResult.Ignored ignored) {
            json.put("ignored", ignored.reason());
        } else if (result instanceof LineageResult.Accepted accepted) {
            for (AuditEvent event : accepted.events()) {
                events.addObject()
                        .put("eventId", event.getEventId().toString())
                        .put("key", SubjectKey.of(event.getSubject()))
                        .put("fact", event.getBody().getClass().getSimpleName());
            }
        }
        return Reply.json(json);
    }

    /** What a repeat may mend comes first, then what other credentials may. */
    static Reply many(List<LineageResult> results) {
        ArrayNode failed = JsonNodeFactory.instance.arrayNode();
        int status = 200;
        for (int index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof LineageResult.Refused refused) {
                failed(failed, index, refused.reason(), false);
                status = status == 503 || status == 403 ? status : refused.status();
            } else if (results.get(index) instanceof LineageResult.Unavailable unavailable) {
                failed(failed, index, unavailable.reason(), true);
                status = 503;
            }
        }
        int received = results.size();
        ObjectNode json = status == 200
                ? JsonNodeFactory.instance.objectNode()
                : Problem.of(status, sentence(received, failed.size(), status == 503))
                        .json();
        json.putObject("summary")
                .put("received", received)
                .put("successful", received - failed.size())
                .put("failed", failed.size());
        json.set("failed_events", failed);
        return status == 200 ? Reply.json(json) : problem(status, json);
    }

    private static void failed(ArrayNode failed, int index, String reason, boolean isRetriable) {
        failed.addObject().put("index", index).put("reason", reason).put("retriable", isRetriable);
    }

    private static String sentence(int received, int failed, boolean isRetriable) {
        String what = isRetriable ? "are not durable; repeat all of them" : "were refused, a repeat will be as well";
        return failed + " of " + received + " events " + what + "; " + (received - failed) + " were accepted";
    }

    private static Reply problem(int status, ObjectNode json) {
        return new Reply(
                status,
                MediaTypes.PROBLEM,
                status == 503 ? Map.of(RETRY_AFTER, RETRY_AFTER_S) : Map.of(),
                new Reply.Whole(json.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
