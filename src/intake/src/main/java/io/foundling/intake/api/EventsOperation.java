package io.foundling.intake.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Body;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import io.foundling.intake.EventRoom;
import io.foundling.intake.EventSink;
import io.foundling.intake.IntakeListener;
import io.foundling.intake.IntakeListener.Result;
import io.foundling.intake.event.EventReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/v1/events}: reads all events of a request, records those that are readable, and answers each. */
public final class EventsOperation {

    private final EventSink sink;
    private final EventSettings settings;
    private final EventRoom room;
    private final IntakeListener listener;
    private final EventReader reader = new EventReader();

    private EventsOperation(EventSink sink, EventSettings settings, EventRoom room, IntakeListener listener) {
        this.sink = sink;
        this.settings = settings;
        this.room = room;
        this.listener = listener;
    }

    /**
     * Makes the operation.
     *
     * @param room for events of all requests, from before they are read until they are answered
     * @param schemas gets what its description refers to
     */
    public static Operation of(
            EventSink sink, EventSettings settings, EventRoom room, IntakeListener listener, JsonSchemas schemas) {
        EventsOperation operation = new EventsOperation(sink, settings, room, listener);
        EventSchemas described = new EventSchemas(schemas, operation.reader.facts());
        return new Operation(
                "reportEvents",
                new Route(Method.POST, "/api/v1/events"),
                Optional.of(Role.INTAKE),
                "Records audit events",
                Headers.ALL,
                Optional.of(new Body(
                        "One event, several, or CloudEvents with one in data. May be compressed with gzip.",
                        settings.mostBytes(),
                        content(described))),
                Answer.json("Every event is durable. Otherwise the problem has the same results.", described.results()),
                operation::reply);
    }

    private static Map<String, ObjectNode> content(EventSchemas described) {
        Map<String, ObjectNode> content = new LinkedHashMap<>();
        content.put(MediaTypes.JSON, described.oneOrMany());
        content.put(MediaTypes.NDJSON, described.event());
        content.put(RequestReader.CLOUD_EVENT, described.cloudEvent());
        content.put(RequestReader.CLOUD_EVENTS, EventSchemas.many(described.cloudEvent()));
        return content;
    }

    private Reply reply(Request request) {
        try (EventRoom.Share share = room.share()) {
            return reply(new RequestReader(request, reader, settings, share).items());
        }
    }

    private Reply reply(List<Item> items) {
        List<AuditEvent> events = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item instanceof Item.Readable read) {
                events.add(read.event());
            }
        }
        listener.received(Result.REFUSED, items.size() - events.size());
        return new Results(items, sink.record(events)).reply();
    }
}
