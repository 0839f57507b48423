package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
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
import io.foundling.intake.EventRoom;
import io.foundling.intake.EventSink;
import io.foundling.intake.IntakeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes events as the HTTP transport of OpenLineage sends them, one or many. A client that looks at the status only loses
 * nothing: 200 means that every event is durable, or of no interest.
 */
public final class LineageOperations {

    private static final int MAX_EVENTS = EventJson.MAX_ELEMENTS - 1;

    /** What an event becomes at most. */
    private static final int AUDIT_EVENTS = 3;

    /** As much memory as an audit event needs. */
    private static final int VALUES_OF_AUDIT_EVENT = 32;

    /** About the shortest body of what becomes an audit event, or that many values. */
    private static final int LEAST_BYTES = 64;

    private static final int MAX_VALUES_OF_EVENT = 10_000;
    private static final int MAX_VALUES = 200_000;

    private static final String PATH = "/api/v1/lineage";
    private static final EventShape BATCH = EventShape.listOf(RunEvent.SHAPE);

    private final LineageReceiver receiver;
    private final EventRoom room;
    private final int mostEvents;
    private final long mostBytes;

    /**
     * Makes operations.
     *
     * @param mostAuditEvents that a request may become
     * @param mostBytes of a request, without compression
     * @param room for audit events of all requests
     */
    public LineageOperations(
            EventSink sink, int mostAuditEvents, long mostBytes, EventRoom room, IntakeListener listener) {
        this.room = room;
        receiver = new LineageReceiver(sink, listener);
        mostEvents = Math.min(MAX_EVENTS, Math.max(1, mostAuditEvents / AUDIT_EVENTS));
        this.mostBytes = mostBytes;
    }

    public List<Operation> operations() {
        return List.of(
                post(
                        "reportLineage",
                        PATH,
                        "Takes an event of OpenLineage",
                        body("An event of OpenLineage. May be compressed with gzip.", LineageSchemas.event()),
                        Answer.json("What the event became.", LineageSchemas.one()),
                        this::one),
                post(
                        "reportLineageBatch",
                        PATH + "/batch",
                        "Takes up to " + mostEvents + " events of OpenLineage",
                        body("Events of OpenLineage. May be compressed with gzip.", LineageSchemas.batch(mostEvents)),
                        Answer.json(
                                "Every event is durable, or of no interest. Otherwise the problem has the same fields.",
                                LineageSchemas.many()),
                        this::many));
    }

    private Body body(String description, ObjectNode schema) {
        return new Body(description, mostBytes, Map.of(MediaTypes.JSON, schema));
    }

    private Reply one(Request request) {
        try (EventRoom.Share share = room.share()) {
            JsonNode event = parsed(request, RunEvent.SHAPE, MAX_VALUES_OF_EVENT, share);
            if (event instanceof ArrayNode) {
                throw ProblemException.of(400, "The body is a list; send several events to " + PATH + "/batch");
            }
            return LineageAnswers.one(received(request, List.of(event), share).get(0));
        }
    }

    private Reply many(Request request) {
        try (EventRoom.Share share = room.share()) {
            JsonNode body = parsed(request, BATCH, MAX_VALUES, share);
            if (!(body instanceof ArrayNode)) {
                throw ProblemException.of(400, "The body is not a list; send one event to " + PATH);
            }
            if (body.size() > mostEvents) {
                throw ProblemException.of(413, "The list has more than " + mostEvents + " events; send it in parts");
            }
            List<JsonNode> events = new ArrayList<>();
            body.forEach(events::add);
            return LineageAnswers.many(received(request, events, share));
        }
    }

    private List<LineageResult> received(Request request, List<JsonNode> events, EventRoom.Share share) {
        share.atLeast(AUDIT_EVENTS * events.size());
        return receiver.receive(request.caller(), events);
    }

    /** Parses a body. What it may take is held before, and what it takes afterwards. */
    private static JsonNode parsed(Request request, EventShape shape, int maxValues, EventRoom.Share share) {
        share.atLeast(Math.min(roomOf(maxValues), 1 + request.body().length / LEAST_BYTES));
        try {
            JsonNode body = EventJson.read(request.body(), shape, maxValues);
            int events = body instanceof ArrayNode ? body.size() : 1;
            share.atMost(Math.max(AUDIT_EVENTS * events, roomOf(EventJson.values(body))));
            return body;
        } catch (InvalidLineageException invalid) {
            throw ProblemException.of(400, invalid.getMessage());
        }
    }

    private static int roomOf(int values) {
        return 1 + values / VALUES_OF_AUDIT_EVENT;
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
