package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Body;
import io.foundling.console.web.Handler;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import io.foundling.intake.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes events as the HTTP transport of OpenLineage sends them, one or many. A client that does not read answers loses
 * nothing: what should be repeated is answered with 503, also in a batch, because a repeat adds nothing.
 */
public final class LineageOperations {

    /** Of a request, without its compression. */
    static final int MAX_BYTES = 8 << 20;

    static final int MAX_EVENTS = EventJson.MAX_ELEMENTS - 1;

    private static final String PATH = "/api/v1/lineage";
    private static final String RETRY_AFTER_S = "5";
    private static final EventShape BATCH = EventShape.listOf(RunEvent.SHAPE);

    private final LineageReceiver receiver;

    public LineageOperations(EventSink sink) {
        receiver = new LineageReceiver(sink);
    }

    public List<Operation> operations() {
        return List.of(
                post(
                        "lineage",
                        PATH,
                        "Takes an event of OpenLineage",
                        new Body(
                                "An event of OpenLineage.", MAX_BYTES, Map.of(MediaTypes.JSON, LineageAnswers.event())),
                        Answer.json("What the event became.", LineageAnswers.oneSchema()),
                        this::one),
                post(
                        "lineageBatch",
                        PATH + "/batch",
                        "Takes up to " + MAX_EVENTS + " events of OpenLineage",
                        new Body("Events of OpenLineage.", MAX_BYTES, Map.of(MediaTypes.JSON, batch())),
                        Answer.json("How many were accepted, and which were not.", LineageAnswers.manySchema()),
                        this::many));
    }

    private static ObjectNode batch() {
        ObjectNode batch = JsonSchemas.typed("array").put("maxItems", MAX_EVENTS);
        batch.set("items", LineageAnswers.event());
        return batch;
    }

    private Reply one(Request request) {
        JsonNode event = parsed(request, RunEvent.SHAPE);
        if (event instanceof ArrayNode) {
            throw ProblemException.of(400, "The body is a list; send several events to " + PATH + "/batch");
        }
        LineageResult result =
                receiver.receive(request.caller(), List.of(event)).get(0);
        refuse(result);
        return Reply.json(LineageAnswers.one(result));
    }

    private Reply many(Request request) {
        JsonNode body = parsed(request, BATCH);
        if (!(body instanceof ArrayNode)) {
            throw ProblemException.of(400, "The body is not a list; send one event to " + PATH);
        }
        if (body.size() > MAX_EVENTS) {
            throw ProblemException.of(413, "The list has more than " + MAX_EVENTS + " events; send it in parts");
        }
        List<JsonNode> events = new ArrayList<>();
        body.forEach(events::add);
        List<LineageResult> results = receiver.receive(request.caller(), events);
        results.stream()
                .filter(LineageResult.Unavailable.class::isInstance)
                .findFirst()
                .ifPresent(LineageOperations::refuse);
        if (!results.isEmpty() && results.stream().allMatch(LineageResult.Refused.class::isInstance)) {
            refuse(results.get(0));
        }
        return Reply.json(LineageAnswers.many(results));
    }

    private static void refuse(LineageResult result) {
        if (result instanceof LineageResult.Refused refused) {
            throw ProblemException.of(refused.status(), refused.reason());
        }
        if (result instanceof LineageResult.Unavailable unavailable) {
            throw ProblemException.of(503, unavailable.reason()).header("Retry-After", RETRY_AFTER_S);
        }
    }

    private static JsonNode parsed(Request request, EventShape shape) {
        try {
            return EventJson.read(request.body(), shape);
        } catch (InvalidLineageException invalid) {
            throw ProblemException.of(400, invalid.getMessage());
        }
    }

    private static Operation post(String id, String path, String summary, Body body, Answer answer, Handler handler) {
        return new Operation(
                id,
                new Route(Method.POST, path),
                Optional.of(Role.INTAKE),
                summary,
                List.of(),
                Optional.of(body),
                answer,
                handler);
    }
}
