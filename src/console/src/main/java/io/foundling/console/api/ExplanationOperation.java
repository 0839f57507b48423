package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Disposition;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.json.PlainJson;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Answer;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.topology.explain.Evidence;
import io.foundling.topology.explain.Explainer;
import io.foundling.topology.explain.Explanation;
import io.foundling.topology.explain.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Why a subject has its status, deadline and warnings: as JSON by section, or as text. */
final class ExplanationOperation {

    private final ReadSide side;
    private final EvidenceReader evidence;
    private final Supplier<Explainer> explainer;

    private ExplanationOperation(ReadSide side, Supplier<Explainer> explainer) {
        this.side = side;
        this.explainer = explainer;
        evidence = new EvidenceReader(side.queries());
    }

    static Operation of(ReadSide side, Supplier<Explainer> explainer, JsonSchemas schemas) {
        return Operation.get(
                "explanation",
                ListOperation.PREFIX + "subjects/{key}/explanation",
                Role.READER,
                "Why a subject has its status, deadline and warnings",
                List.of(Inputs.KEY),
                Answer.json("Its steps by section, or as text.", schema(schemas))
                        .or(MediaTypes.TEXT, JsonSchemas.typed("string")),
                ReadSide.guarded(new ExplanationOperation(side, explainer)::reply));
    }

    private static ObjectNode schema(JsonSchemas schemas) {
        Map<String, ObjectNode> step = new LinkedHashMap<>();
        step.put("at", JsonSchemas.orNull(JsonSchemas.moment()));
        step.put("sentence", JsonSchemas.typed("string"));
        step.put("rules", list(JsonSchemas.typed("string")));
        ObjectNode values = JsonSchemas.typed("object");
        values.set("additionalProperties", JsonSchemas.typed("string"));
        step.put("values", values);
        Map<String, ObjectNode> section = new LinkedHashMap<>();
        section.put("topic", JsonSchemas.typed("string"));
        section.put("title", JsonSchemas.typed("string"));
        section.put("steps", list(JsonSchemas.closed(step)));
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        ModelState.describe(properties);
        properties.put("key", JsonSchemas.typed("string"));
        properties.put("agrees", JsonSchemas.typed("boolean"));
        properties.put("computed", JsonSchemas.orNull(schemas.of(Disposition.getClassSchema())));
        properties.put("sections", list(JsonSchemas.closed(section)));
        return JsonSchemas.closed(properties);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = JsonSchemas.typed("array");
        list.set("items", items);
        return list;
    }

    private Reply reply(Request request) {
        String key = request.value(Inputs.KEY);
        KnownSubject.checkVisible(request.caller(), key);
        ModelState state = side.state(Tables.EVENT, Tables.DISPOSITION, Tables.ORPHAN);
        Evidence known = evidence.read(key, state.completeSince()).orElseThrow(() -> KnownSubject.unknown(key));
        Explanation explanation = explainer.get().explain(known);
        boolean isText = request.mediaType().equals(MediaTypes.TEXT);
        return state.on(
                isText
                        ? Reply.text(explanation.text())
                        : Reply.json(json(explanation, state, side.masking(request.caller()))));
    }

    private static ObjectNode json(Explanation explanation, ModelState state, Masking masking) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.addTo(json);
        json.put("key", explanation.subjectKey());
        json.put("agrees", explanation.agrees());
        json.set(
                "computed",
                explanation
                        .computed()
                        .map(computed -> masking.apply(PlainJson.of(computed)))
                        .orElse(null));
        ArrayNode sections = json.putArray("sections");
        explanation.sections().forEach(section -> {
            ObjectNode part = sections.addObject();
            part.put("topic", section.topic().name());
            part.put("title", section.topic().title());
            ArrayNode steps = part.putArray("steps");
            section.steps().forEach(step -> add(step, steps));
        });
        return json;
    }

    private static void add(Step step, ArrayNode steps) {
        ObjectNode json = steps.addObject();
        json.put("at", step.at().map(Instant::toString).orElse(null));
        json.put("sentence", step.sentence());
        step.rules().forEach(json.putArray("rules")::add);
        ObjectNode values = json.putObject("values");
        step.values().forEach(values::put);
    }
}
