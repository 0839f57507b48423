package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Counts;
import io.foundling.console.model.query.CountsAt;
import io.foundling.console.model.query.CountsOverTime;
import io.foundling.console.model.query.CurrentCounts;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much awaits, how many orphans there are and which alerts fire: now, and over time. */
final class CountOperations {

    private static final List<Duration> AGES =
            List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7));
    private static final Parameter<Instant> SINCE = Parameter.query(
                    "since", ParameterType.instant(), "Where the first step begins.")
            .or("1h ago");
    private static final Parameter<Instant> UNTIL =
            Parameter.query("until", ParameterType.instant(), "Where the last step ends; now, if it is missing.");
    private static final String COUNT = "count";
    private static final String SOURCE = "source";
    private static final String STAGE = "stage";

    private final ReadSide side;
    private final JsonSchemas schemas;

    CountOperations(ReadSide side, JsonSchemas schemas) {
        this.side = side;
        this.schemas = schemas;
    }

    List<Operation> operations() {
        return List.of(current(), history());
    }

    private Operation current() {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        ModelState.describe(properties);
        properties.put(
                "agesMs",
                list(JsonSchemas.typed("integer"))
                        .put(
                                "description",
                                "Limits between the bands of byAge, the first of which is below the first."));
        properties.put("awaiting", rows("AwaitingCount", SOURCE, STAGE, "status", COUNT, "byAge"));
        properties.put("orphans", rows("OrphanCount", SOURCE, STAGE, "reason", COUNT, "unknown"));
        properties.put("alerts", rows("AlertCount", "type", COUNT, "subjects"));
        return Operation.get(
                "counts",
                ListOperation.PREFIX + "counts",
                Role.READER,
                "How much awaits by source, stage, status and age, how many orphans there are, and which alerts fire",
                List.of(Inputs.SOURCE, Inputs.STAGE),
                Answer.json("What there is nothing of is left out.", JsonSchemas.closed(properties)),
                ReadSide.guarded(this::current));
    }

    private Reply current(Request request) {
        ModelState state = side.state(Tables.DISPOSITION, Tables.ORPHAN, Tables.ALERT);
        CurrentCounts counts = side.queries().counts(new Counts(Inputs.stages(request), AGES, request.now()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.addTo(json);
        AGES.forEach(age -> json.withArrayProperty("agesMs").add(age.toMillis()));
        ArrayNode awaiting = json.putArray("awaiting");
        counts.awaiting().forEach(count -> {
            ObjectNode row = group(awaiting, count.source(), count.stage());
            row.put("status", count.status().name()).put(COUNT, count.all());
            count.byAge().forEach(row.putArray("byAge")::add);
        });
        ArrayNode orphans = json.putArray("orphans");
        counts.orphans()
                .forEach(count -> group(orphans, count.source(), count.stage())
                        .put("reason", count.reason().name())
                        .put(COUNT, count.orphans())
                        .put("unknown", count.unknown()));
        ArrayNode alerts = json.putArray("alerts");
        counts.alerts()
                .forEach(count -> alerts.addObject()
                        .put("type", count.type().name())
                        .put(COUNT, count.alerts())
                        .put("subjects", count.subjects()));
        return state.on(Reply.json(json));
    }

    private static ObjectNode group(ArrayNode rows, String source, String stage) {
        return rows.addObject().put(SOURCE, source).put(STAGE, stage);
    }

    private Operation history() {
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        row.put("at", JsonSchemas.moment());
        row.put("stepMs", JsonSchemas.typed("integer"));
        row.put("awaiting", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        row.put("orphans", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        row.put("events", JsonSchemas.typed("integer"));
        return WholeLists.of(
                "counts/history",
                "How much awaited, how many orphans there were, and how many events were appended, in steps of time",
                List.of(Inputs.SOURCE, Inputs.STAGE, SINCE, UNTIL),
                schemas.component("HistoryRow", JsonSchemas.closed(row)),
                request -> side.state(Tables.DISPOSITION, Tables.ORPHAN, Tables.EVENT),
                this::history);
    }

    private List<ObjectNode> history(Request request) {
        return side.queries().counts(question(request)).stream()
                .map(CountOperations::row)
                .toList();
    }

    private static CountsOverTime question(Request request) {
        try {
            return CountsOverTime.of(
                    Inputs.stages(request),
                    request.value(SINCE),
                    request.found(UNTIL).orElse(request.now()),
                    request.now());
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.wrong(SINCE, wrong.getMessage());
        }
    }

    private static ObjectNode row(CountsAt counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", counts.at().toString());
        json.put("stepMs", counts.step().toMillis());
        json.put("awaiting", counts.level().map(CountsAt.Level::awaiting).orElse(null));
        json.put("orphans", counts.level().map(CountsAt.Level::orphans).orElse(null));
        json.put("events", counts.events());
        return json;
    }

    private ObjectNode rows(String name, String... columns) {
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        for (String column : columns) {
            row.put(
                    column,
                    switch (column) {
                        case COUNT, "unknown", "subjects" -> JsonSchemas.typed("integer");
                        case "byAge" -> list(JsonSchemas.typed("integer"));
                        default -> JsonSchemas.typed("string");
                    });
        }
        return list(schemas.component(name, JsonSchemas.closed(row)));
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = JsonSchemas.typed("array");
        list.set("items", items);
        return list;
    }
}
