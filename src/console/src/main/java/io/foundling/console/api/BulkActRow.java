package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.acts.Act;
import io.foundling.console.acts.ActFilter;
import io.foundling.console.acts.BulkAct;
import io.foundling.console.acts.Progress;
import io.foundling.console.json.JsonSchemas;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An act on many subjects as JSON. */
final class BulkActRow {

    private BulkActRow() {}

    static ObjectNode json(BulkAct act) {
        Progress progress = act.progress();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", act.instruction().id().toString());
        json.put("state", progress.state().name());
        json.put("act", act.instruction().act().name());
        json.put("actor", act.instruction().caller().name());
        json.put("reason", act.instruction().reason());
        what(act.instruction().act(), json);
        json.set("filter", filter(act.filter()));
        json.put("counted", act.counted().subjects());
        json.put("countedAt", act.counted().at().toString());
        act.counted().sample().forEach(json.putArray("sample")::add);
        json.put("confirmUntil", act.expiresAt().toString());
        json.put("done", progress.done());
        json.put("skipped", progress.skipped());
        json.put("failed", progress.failed());
        json.put("left", act.counted().left(progress));
        json.put("startedAt", progress.startedAt().map(Instant::toString).orElse(null));
        json.put("endedAt", progress.endedAt().map(Instant::toString).orElse(null));
        json.put("problem", progress.problem().orElse(null));
        return json;
    }

    private static void what(Act act, ObjectNode json) {
        json.put("until", act instanceof Act.Extend extend ? extend.until().toString() : null);
        ObjectNode metadata = json.putObject("metadata");
        if (act instanceof Act.Annotate annotate) {
            annotate.metadata().forEach(metadata::put);
        }
    }

    private static ObjectNode filter(ActFilter filter) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("list", filter.list().name().toLowerCase(Locale.ROOT));
        json.put("source", filter.stages().source().orElse(null));
        json.put("stage", filter.stages().stage().orElse(null));
        json.put("status", filter.status().map(Enum::name).orElse(null));
        json.put("parent", filter.parent().orElse(null));
        json.put("before", filter.before().toString());
        return json;
    }

    static ObjectNode schema(JsonSchemas schemas) {
        Map<String, ObjectNode> filter = new LinkedHashMap<>();
        filter.put("list", JsonSchemas.typed("string"));
        for (String name : List.of("source", "stage", "status", "parent")) {
            filter.put(name, JsonSchemas.orNull(JsonSchemas.typed("string")));
        }
        filter.put("before", JsonSchemas.moment());
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        properties.put(
                "id", described("string", "For confirm, progress and stop.").put("format", "uuid"));
        properties.put(
                "state",
                oneOf(Stream.of(Progress.State.values()).map(Enum::name).toList()));
        properties.put("act", oneOf(Act.NAMES));
        properties.put("actor", JsonSchemas.typed("string"));
        properties.put("reason", JsonSchemas.typed("string"));
        properties.put("until", JsonSchemas.orNull(described(JsonSchemas.moment(), "Of extend: the new deadline.")));
        ObjectNode metadata = described("object", "Of annotate: what to add.");
        metadata.set("additionalProperties", JsonSchemas.typed("string"));
        properties.put("metadata", metadata);
        properties.put("filter", JsonSchemas.closed(filter));
        properties.put("counted", described("integer", "How many subjects the filter listed when they were counted."));
        properties.put("countedAt", JsonSchemas.moment());
        ObjectNode sample = described("array", "The keys of the first ones.");
        sample.set("items", JsonSchemas.typed("string"));
        properties.put("sample", sample);
        properties.put("confirmUntil", JsonSchemas.moment());
        properties.put("done", described("integer", "Subjects whose events the broker has acknowledged."));
        properties.put("skipped", described("integer", "Subjects that awaited nothing any more."));
        properties.put("failed", described("integer", "Subjects whose events were refused for good."));
        properties.put("left", described("integer", "Subjects to come, as far as the count says so."));
        properties.put("startedAt", JsonSchemas.orNull(JsonSchemas.moment()));
        properties.put("endedAt", JsonSchemas.orNull(JsonSchemas.moment()));
        properties.put("problem", JsonSchemas.orNull(described("string", "Why it ended early.")));
        return schemas.component("BulkAct", JsonSchemas.closed(properties));
    }

    private static ObjectNode described(String type, String description) {
        return described(JsonSchemas.typed(type), description);
    }

    private static ObjectNode described(ObjectNode schema, String description) {
        return schema.put("description", description);
    }

    private static ObjectNode oneOf(List<String> names) {
        ObjectNode type = JsonSchemas.typed("string");
        names.forEach(type.putArray("enum")::add);
        return type;
    }
}
