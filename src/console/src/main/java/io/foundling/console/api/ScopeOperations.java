package io.foundling.console.api;

import static io.foundling.console.api.Inputs.SOURCE;
import static io.foundling.console.api.Inputs.STAGE;
import static io.foundling.console.api.Inputs.SUBJECT_KEY;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.ActiveRun;
import io.foundling.console.model.query.Classification;
import io.foundling.console.model.query.Classified;
import io.foundling.console.model.query.ScopeSchedules;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Request;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is asked about scopes: how fresh they are, and which of them have a run under way. */
final class ScopeOperations {

    static final Parameter<Duration> OLDER_THAN = Parameter.query(
            "olderThan",
            ParameterType.duration(),
            "The age that makes a scope stale, instead of what is declared or demanded by a policy.");

    private static final Parameter<Classification> CLASSIFICATION =
            Parameter.query("classification", ParameterType.oneOf(Classification.class), "Only scopes that are so.");
    private static final Parameter<String> KEYS = Parameter.query(
                    "key", SUBJECT_KEY, "The key of a scope; once for each scope.")
            .many();

    private final ReadSide side;
    private final JsonSchemas schemas;
    private final Supplier<ScopeSchedules> schedules;

    ScopeOperations(ReadSide side, JsonSchemas schemas, Supplier<ScopeSchedules> schedules) {
        this.side = side;
        this.schemas = schemas;
        this.schedules = schedules;
    }

    List<Operation> operations() {
        return List.of(scopes(), active());
    }

    private Operation scopes() {
        return ListOperation.of(
                new Listing<>(
                        "scopes",
                        "scopes",
                        "Declared scopes by their keys, and how fresh they are",
                        List.of(SOURCE, STAGE, CLASSIFICATION, OLDER_THAN),
                        Tables.DISPOSITION,
                        new ClassifiedRow(),
                        (request, after, limit) -> side.queries()
                                .page(
                                        classified(
                                                request,
                                                request.found(CLASSIFICATION).stream()
                                                        .collect(Collectors.toSet())),
                                        after,
                                        limit)),
                side,
                schemas);
    }

    Classified classified(Request request, Set<Classification> classifications) {
        return new Classified(
                Inputs.stages(request), classifications, request.found(OLDER_THAN), schedules.get(), request.now());
    }

    private Operation active() {
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        row.put("key", JsonSchemas.typed("string"));
        row.put("active", JsonSchemas.typed("boolean"));
        row.put("attempt", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        row.put("status", JsonSchemas.orNull(JsonSchemas.typed("string")));
        row.put("since", JsonSchemas.orNull(JsonSchemas.moment()));
        return WholeLists.of(
                "scopes/active",
                "Which of some scopes have a run under way",
                List.of(KEYS),
                schemas.component("ActiveRow", JsonSchemas.closed(row)),
                request -> side.state(Tables.DISPOSITION),
                this::active);
    }

    /** A scope that the caller may not see is as one that has no run. */
    private List<ObjectNode> active(Request request) {
        List<String> keys = request.all(KEYS).stream().distinct().toList();
        Map<String, ActiveRun> runs = side.queries()
                .activeRuns(keys.stream()
                        .filter(key ->
                                request.caller().maySee(SubjectKey.parse(key).getSource()))
                        .toList());
        return keys.stream()
                .map(key -> row(key, Optional.ofNullable(runs.get(key))))
                .toList();
    }

    private static ObjectNode row(String key, Optional<ActiveRun> run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("key", key);
        json.put("active", run.isPresent());
        json.put("attempt", run.map(ActiveRun::attempt).orElse(null));
        json.put("status", run.map(known -> known.scope().getStatus().name()).orElse(null));
        json.put("since", run.map(known -> known.since().toString()).orElse(null));
        return json;
    }
}
