package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.policies.TrialJson;
import io.foundling.console.policies.TrialRun;
import io.foundling.console.policies.TrialRun.Ending;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A trial of policies as JSON, with its result or without. */
final class PolicyTestRow {

    private PolicyTestRow() {}

    static ObjectNode json(TrialRun run) {
        TrialRun.Asked asked = run.asked();
        Optional<Ending> ending = run.ending();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", asked.id().toString());
        json.put("state", run.state().name());
        json.put("policies", run.changes());
        json.put("since", asked.window().since().toString());
        json.put("until", asked.window().until().toString());
        json.put("startedAt", asked.startedAt().toString());
        json.put("endedAt", ending.map(Ending::at).map(Instant::toString).orElse(null));
        TrialRun.Progress progress = run.progress();
        json.put("events", progress.events());
        json.put("readUpTo", progress.readUpTo().map(Instant::toString).orElse(null));
        json.put("problem", ending.flatMap(Ending::problem).orElse(null));
        return json;
    }

    /** @param most warnings that the result lists */
    static ObjectNode withResult(TrialRun run, int most) {
        ObjectNode json = json(run);
        json.set(
                "result",
                run.ending()
                        .flatMap(Ending::result)
                        .map(found -> TrialJson.of(found.report().first(most), run.changes(), found.notes()))
                        .orElse(null));
        return json;
    }

    static ObjectNode schema(JsonSchemas schemas) {
        return schemas.component("PolicyTest", JsonSchemas.closed(properties()));
    }

    static ObjectNode schemaWithResult(JsonSchemas schemas) {
        Map<String, ObjectNode> properties = properties();
        properties.put(
                "result",
                JsonSchemas.orNull(described(
                        JsonSchemas.typed("object"),
                        "Once it is DONE: as foundling policies test --output json has it, with stages, warnings, alerts"
                                + " and notes.")));
        return schemas.component("PolicyTestResult", JsonSchemas.closed(properties));
    }

    private static Map<String, ObjectNode> properties() {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        properties.put("id", JsonSchemas.typed("string").put("format", "uuid"));
        ObjectNode state = JsonSchemas.typed("string");
        Stream.of(TrialRun.State.values()).map(Enum::name).forEach(state.putArray("enum")::add);
        properties.put("state", state);
        properties.put(
                "policies", described(JsonSchemas.typed("string"), "Which policies are others than those in force."));
        properties.put("since", JsonSchemas.moment());
        properties.put("until", JsonSchemas.moment());
        properties.put("startedAt", JsonSchemas.moment());
        properties.put("endedAt", JsonSchemas.orNull(JsonSchemas.moment()));
        properties.put("events", described(JsonSchemas.typed("integer"), "How many were read so far."));
        properties.put(
                "readUpTo", JsonSchemas.orNull(described(JsonSchemas.moment(), "When the last one was appended.")));
        properties.put("problem", JsonSchemas.orNull(described(JsonSchemas.typed("string"), "Why it ended early.")));
        return properties;
    }

    private static ObjectNode described(ObjectNode schema, String description) {
        return schema.put("description", description);
    }
}
