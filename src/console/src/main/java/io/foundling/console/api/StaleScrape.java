package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Classification;
import io.foundling.console.model.query.ScopeCount;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Answer;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many declared scopes of each stage are stale, for each of the four reasons of rule F2: in the text format of
 * Prometheus, for a scrape, or as JSON. A reason that nothing has is 0, so that an alert ends. While the console
 * catches up a scrape gets no answer, so that no alert ends because nothing is known yet.
 */
final class StaleScrape {

    private static final String PROMETHEUS = "text/plain; version=0.0.4";
    private static final String METRIC = "foundling_stale_scopes";
    private static final String AS_OF = METRIC + "_as_of_seconds";
    private static final String RETRY_AFTER_S = "5";

    private final ReadSide side;
    private final ScopeOperations scopes;

    private StaleScrape(ReadSide side, ScopeOperations scopes) {
        this.side = side;
        this.scopes = scopes;
    }

    static Operation of(ReadSide side, ScopeOperations scopes, JsonSchemas schemas) {
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        row.put("source", JsonSchemas.typed("string"));
        row.put("stage", JsonSchemas.typed("string"));
        row.put("classification", ClassifiedRow.classification());
        row.put("scopes", JsonSchemas.typed("integer"));
        ObjectNode rows = JsonSchemas.typed("array");
        rows.set("items", schemas.component("StaleRow", JsonSchemas.closed(row)));
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        ModelState.describe(properties);
        properties.put("rows", rows);
        Map<String, ObjectNode> content = new LinkedHashMap<>();
        content.put(MediaTypes.TEXT, JsonSchemas.typed("string"));
        content.put(MediaTypes.JSON, JsonSchemas.closed(properties));
        return Operation.get(
                "stale",
                ListOperation.PREFIX + "health/stale",
                Role.READER,
                "How many declared scopes of each stage are stale, and why, for a scrape by Prometheus",
                List.of(Inputs.SOURCE, Inputs.STAGE, ScopeOperations.OLDER_THAN),
                new Answer(
                        "The gauges " + METRIC + " and " + AS_OF
                                + ", or the same as JSON. As text, there is none while the console catches up.",
                        content),
                ReadSide.guarded(new StaleScrape(side, scopes)::reply));
    }

    private Reply reply(Request request) {
        ModelState state = side.state(Tables.DISPOSITION, Tables.CLOCK);
        if (!request.mediaType().equals(MediaTypes.TEXT)) {
            return state.on(json(stages(request), state));
        }
        Instant asOf = state.asOf()
                .orElseThrow(() -> ProblemException.of(
                                503,
                                "The console is still catching up, so it does not know how fresh scopes are;"
                                        + " try again later")
                        .header("Retry-After", RETRY_AFTER_S));
        return state.on(text(stages(request), asOf));
    }

    private Map<List<String>, Map<Classification, Long>> stages(Request request) {
        Map<List<String>, Map<Classification, Long>> stages =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        for (ScopeCount count : side.queries().scopes(scopes.classified(request, Set.of()))) {
            stages.computeIfAbsent(List.of(count.source(), count.stage()), first -> none())
                    .put(count.classification(), count.scopes());
        }
        return stages;
    }

    private static Map<Classification, Long> none() {
        Map<Classification, Long> none = new EnumMap<>(Classification.class);
        for (Classification each : Classification.values()) {
            none.put(each, 0L);
        }
        return none;
    }

    private static Reply text(Map<List<String>, Map<Classification, Long>> stages, Instant asOf) {
        StringBuilder text = new StringBuilder("# HELP " + METRIC
                + " Declared scopes that are stale, by the first reason that applies.\n# TYPE " + METRIC + " gauge\n");
        stages.forEach((stage, counts) -> counts.forEach((reason, scopes) -> {
            if (reason != Classification.FRESH) {
                text.append(METRIC)
                        .append("{source=\"")
                        .append(escaped(stage.get(0)))
                        .append("\",stage=\"")
                        .append(escaped(stage.get(1)))
                        .append("\",reason=\"")
                        .append(reason)
                        .append("\"} ")
                        .append(scopes)
                        .append('\n');
            }
        }));
        text.append("# HELP " + AS_OF + " The figures have everything up to then.\n# TYPE " + AS_OF + " gauge\n")
                .append(AS_OF)
                .append(' ')
                .append(asOf.getEpochSecond())
                .append('\n');
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new Reply(200, PROMETHEUS, Map.of(), new Reply.Whole(bytes));
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static Reply json(Map<List<String>, Map<Classification, Long>> stages, ModelState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.addTo(json);
        ArrayNode rows = json.putArray("rows");
        stages.forEach((stage, counts) -> counts.forEach((reason, scopes) -> rows.addObject()
                .put("source", stage.get(0))
                .put("stage", stage.get(1))
                .put("classification", reason.name())
                .put("scopes", scopes)));
        return Reply.json(json);
    }
}
