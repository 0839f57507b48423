package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.delivery.silence.AskedInstance;
import io.foundling.console.delivery.silence.HeldBack;
import io.foundling.console.delivery.silence.Silence;
import io.foundling.console.delivery.silence.SilenceState;
import io.foundling.console.delivery.silence.Silences;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which alerts Alertmanager holds back, and who silenced them. What it says is no part of the read model. */
final class SilenceOperation {

    private static final String SOURCE = "source";

    private final Silences silences;

    private SilenceOperation(Silences silences) {
        this.silences = silences;
    }

    static Operation of(Silences silences, JsonSchemas schemas) {
        return Operation.get(
                "silences",
                ListOperation.PREFIX + "silences",
                Role.READER,
                "Which alerts Alertmanager holds back, and who silenced them, until when and why",
                List.of(),
                Answer.json("What the instances of Alertmanager said, at most some seconds ago.", schema(schemas)),
                new SilenceOperation(silences)::reply);
    }

    private static ObjectNode schema(JsonSchemas schemas) {
        ObjectNode text = JsonSchemas.typed("string");
        Map<String, ObjectNode> instance = new LinkedHashMap<>();
        instance.put("receiver", text);
        instance.put("address", text);
        instance.put(
                "problem",
                JsonSchemas.orNull(text).put("description", "Why its silences are not known; null if they are."));
        Map<String, ObjectNode> silence = new LinkedHashMap<>();
        List.of("id", "createdBy", "comment").forEach(name -> silence.put(name, text));
        silence.put("startsAt", JsonSchemas.moment());
        silence.put("endsAt", JsonSchemas.moment());
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        ObjectNode labels = JsonSchemas.typed("object").put("description", "Those of the alert.");
        labels.set("additionalProperties", text);
        row.put("labels", labels);
        row.put("silences", list(schemas.component("Silence", JsonSchemas.closed(silence))));
        row.put(
                "inhibited",
                JsonSchemas.typed("boolean").put("description", "Whether another alert holds this one back."));
        Map<String, ObjectNode> answer = new LinkedHashMap<>();
        answer.put("alertmanagers", list(schemas.component("AskedAlertmanager", JsonSchemas.closed(instance))));
        answer.put("rows", list(schemas.component("HeldBackRow", JsonSchemas.closed(row))));
        return JsonSchemas.closed(answer);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = JsonSchemas.typed("array");
        list.set("items", items);
        return list;
    }

    private Reply reply(Request request) {
        SilenceState state = silences.now();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode alertmanagers = json.putArray("alertmanagers");
        state.instances().forEach(instance -> add(instance, alertmanagers.addObject()));
        ArrayNode rows = json.putArray("rows");
        state.alerts().stream()
                .filter(alert -> isVisible(alert, request.caller()))
                .forEach(alert -> add(alert, rows.addObject()));
        return Reply.json(json);
    }

    /** As with alerts: one without a source is for those who see all. */
    private static boolean isVisible(HeldBack alert, Caller caller) {
        return caller.sources().isEmpty()
                || alert.labels().containsKey(SOURCE)
                        && caller.maySee(alert.labels().get(SOURCE));
    }

    private static void add(AskedInstance instance, ObjectNode json) {
        json.put("receiver", instance.receiver());
        json.put("address", instance.address());
        json.put("problem", instance.problem().orElse(null));
    }

    private static void add(HeldBack alert, ObjectNode json) {
        ObjectNode labels = json.putObject("labels");
        alert.labels().forEach(labels::put);
        ArrayNode silences = json.putArray("silences");
        for (Silence silence : alert.silences()) {
            silences.addObject()
                    .put("id", silence.id())
                    .put("createdBy", silence.createdBy())
                    .put("comment", silence.comment())
                    .put("startsAt", silence.startsAt().toString())
                    .put("endsAt", silence.endsAt().toString());
        }
        json.put("inhibited", alert.isInhibited());
    }
}
