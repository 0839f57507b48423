package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.access.Role;
import io.foundling.console.acts.Acts;
import io.foundling.console.acts.BulkAct;
import io.foundling.console.acts.Instruction;
import io.foundling.console.acts.Recording.Recorded;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Body;
import io.foundling.console.web.Handler;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import io.foundling.schemas.SubjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** What operators do, over HTTP. Bodies must be JSON, which no form of another site can send. */
final class ActOperations {

    private static final Parameter<UUID> ID =
            Parameter.path("id", ActInput.UUID_TYPE, "The id that the count of the act has answered.");

    private final Optional<Acts> acts;
    private final JsonSchemas schemas;
    private final ObjectNode bulkSchema;

    ActOperations(Optional<Acts> acts, JsonSchemas schemas) {
        this.acts = acts;
        this.schemas = schemas;
        bulkSchema = BulkActRow.schema(schemas);
    }

    List<Operation> operations() {
        return List.of(
                post(
                        "act",
                        "subjects/{key}/acts",
                        "Extends, cancels, annotates, erases or expects a subject; erasing needs the role auditor, too",
                        List.of(Inputs.KEY),
                        body("What to do, and why.", ActInput.schemaOfOne()),
                        Answer.json("The broker has acknowledged the event.", recordedSchema()),
                        this::one),
                post(
                        "bulkAct",
                        "acts",
                        "Counts what a filter lists, or acts on it once the count is confirmed",
                        List.of(),
                        body(
                                "What to do, why, and to which subjects; or the id of what was counted in the last ten"
                                        + " minutes.",
                                ActInput.schemaOfMany()),
                        Answer.json("The act.", bulkSchema),
                        this::many),
                get(
                        "bulkActs",
                        "acts",
                        "Your acts on many subjects, the latest first",
                        List.of(),
                        listSchema(),
                        this::all),
                get(
                        "bulkActProgress",
                        "acts/{id}",
                        "How far an act on many subjects is",
                        List.of(ID),
                        bulkSchema,
                        (known, request) ->
                                Reply.json(BulkActRow.json(known.known(request.caller(), request.value(ID))))),
                post(
                        "bulkActStop",
                        "acts/{id}/stop",
                        "Stops an act on many subjects; what was recorded stays",
                        List.of(ID),
                        body("An empty object.", JsonSchemas.closed(Map.of())),
                        Answer.json("The act.", bulkSchema),
                        (known, request) -> {
                            JsonInput.of(request.body(), request.now()).check();
                            return Reply.json(BulkActRow.json(known.stop(request.caller(), request.value(ID))));
                        }));
    }

    private Reply one(Acts known, Request request) {
        Instruction instruction = ActInput.one(request.body(), request.caller(), request.now());
        Recorded recorded = known.act(instruction, request.value(Inputs.KEY));
        AuditEvent event = recorded.event();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("accepted", true);
        json.put("id", instruction.id().toString());
        json.put("eventId", event.getEventId().toString());
        json.put("key", SubjectKey.of(event.getSubject()));
        json.put("act", instruction.act().name());
        json.put("actor", instruction.caller().name());
        json.put("occurredAt", event.getOccurredAt().toString());
        json.put("topic", recorded.topic());
        json.put("partition", recorded.partition());
        json.put("offset", recorded.offset());
        return Reply.json(json);
    }

    private ObjectNode recordedSchema() {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        properties.put("accepted", JsonSchemas.typed("boolean"));
        for (String id : List.of("id", "eventId")) {
            properties.put(id, JsonSchemas.typed("string").put("format", "uuid"));
        }
        for (String text : List.of("key", "act", "actor")) {
            properties.put(text, JsonSchemas.typed("string"));
        }
        properties.put("occurredAt", JsonSchemas.moment());
        properties.put("topic", JsonSchemas.typed("string"));
        properties.put("partition", JsonSchemas.typed("integer"));
        properties.put("offset", JsonSchemas.typed("integer"));
        return schemas.component("RecordedAct", JsonSchemas.closed(properties));
    }

    private Reply many(Acts known, Request request) {
        Optional<UUID> confirmed = ActInput.confirmed(request.body(), request.now());
        if (confirmed.isPresent()) {
            return Reply.json(BulkActRow.json(known.confirm(request.caller(), confirmed.get())));
        }
        ActInput.Many many = ActInput.many(request.body(), request.caller(), request.now());
        return Reply.json(BulkActRow.json(known.propose(many.instruction(), many.filter())));
    }

    private Reply all(Acts known, Request request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = json.putArray("rows");
        for (BulkAct act : known.known(request.caller())) {
            rows.add(BulkActRow.json(act));
        }
        return Reply.json(json);
    }

    private ObjectNode listSchema() {
        ObjectNode rows = JsonSchemas.typed("array");
        rows.set("items", bulkSchema);
        return JsonSchemas.closed(Map.of("rows", rows));
    }

    private static Body body(String description, ObjectNode schema) {
        return new Body(description, ActInput.MAX_BYTES, Map.of(MediaTypes.JSON, schema));
    }

    private Operation get(
            String id,
            String path,
            String summary,
            List<Parameter<?>> parameters,
            ObjectNode schema,
            BiFunction<Acts, Request, Reply> reply) {
        return Operation.get(
                id,
                ListOperation.PREFIX + path,
                Role.OPERATOR,
                summary,
                parameters,
                Answer.json("What is known of it.", schema),
                guarded(reply));
    }

    private Operation post(
            String id,
            String path,
            String summary,
            List<Parameter<?>> parameters,
            Body body,
            Answer answer,
            BiFunction<Acts, Request, Reply> reply) {
        return new Operation(
                id,
                new Route(Method.POST, ListOperation.PREFIX + path),
                Optional.of(Role.OPERATOR),
                summary,
                parameters,
                Optional.of(body),
                answer,
                guarded(reply));
    }

    private Handler guarded(BiFunction<Acts, Request, Reply> reply) {
        return ReadSide.guarded(request -> reply.apply(
                acts.orElseThrow(() -> ProblemException.of(
                        403, "This console takes no acts; console.acts: true, and the right to write, change that")),
                request));
    }
}
