package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.policies.InvalidPoliciesException;
import io.foundling.console.policies.TrialCsv;
import io.foundling.console.policies.TrialRun;
import io.foundling.console.policies.Trials;
import io.foundling.console.policies.Window;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Body;
import io.foundling.console.web.Handler;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import io.foundling.topology.text.DurationText;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Tries other policies on what has happened, over HTTP. A trial takes as much as a process has, so readers may not begin
 * one, although it shows nothing that they may not see. Bodies must be YAML, which no form of another site can send.
 */
final class PolicyTestOperations {

    private static final int MAX_BYTES = 128 << 10;
    private static final String PATH = ListOperation.PREFIX + "policies/test";
    private static final String POLICIES = "policies";
    private static final String NOW = "now";

    private static final ParameterType<Instant> MOMENT = new ParameterType<>(
            "now, a moment such as 2026-11-30T12:00:00Z, or how long ago, written like " + DurationText.EXAMPLES,
            PolicyTestOperations::moment,
            JsonSchemas.typed("string").put("example", "7d"));
    private static final Parameter<Instant> SINCE = Parameter.query(
                    "since",
                    MOMENT,
                    "From when on warnings are compared. What was appended before is read, too, as far back as the topics reach.")
            .or("7d");
    private static final Parameter<Instant> UNTIL = Parameter.query(
                    "until", MOMENT, "Up to when warnings are compared.")
            .or(NOW);
    private static final Parameter<UUID> ID =
            Parameter.path("id", ActInput.UUID_TYPE, "The id that the beginning of the trial has answered.");

    private static final int MOST_LISTED = 1_000_000;
    private static final Parameter<Integer> LIMIT = Parameter.query(
            "limit",
            ParameterType.number(0, MOST_LISTED),
            "How many of the warnings that change the result lists, the earliest first; all if it is missing. Only for JSON:"
                    + " CSV has all of them.");

    private final Optional<Trials> trials;
    private final ObjectNode schema;
    private final ObjectNode schemaWithResult;

    PolicyTestOperations(Optional<Trials> trials, JsonSchemas schemas) {
        this.trials = trials;
        schema = PolicyTestRow.schema(schemas);
        schemaWithResult = PolicyTestRow.schemaWithResult(schemas);
    }

    private static Optional<Instant> moment(String text, Instant now) {
        return text.equals(NOW)
                ? Optional.of(now.truncatedTo(ChronoUnit.SECONDS))
                : ParameterType.duration()
                        .parser()
                        .apply(text, now)
                        .map(now::minus)
                        .or(() -> ParameterType.instant().parser().apply(text, now))
                        .map(moment -> moment.truncatedTo(ChronoUnit.SECONDS));
    }

    List<Operation> operations() {
        return List.of(
                get(
                        "policies",
                        ListOperation.PREFIX + "policies",
                        "The policies in force that you may see, to be edited and tried",
                        List.of(),
                        new Answer(
                                "As a configuration file has them.",
                                Map.of(MediaTypes.YAML, JsonSchemas.typed("string"))),
                        (known, request) -> Reply.yaml(known.inForce(request.caller()))),
                post(
                        "policyTest",
                        PATH,
                        "Begins to try other policies on what has happened: which warnings and alerts they would have given",
                        List.of(SINCE, UNTIL),
                        new Body(
                                "The policies that would be in force instead of those that you may see, and nothing else, as"
                                        + " a configuration file has them.",
                                MAX_BYTES,
                                Map.of(MediaTypes.YAML, JsonSchemas.typed("string"))),
                        this::begin),
                get(
                        "policyTests",
                        PATH,
                        "Your trials of policies, the latest first, without their results",
                        List.of(),
                        Answer.json("What is known of them.", listSchema()),
                        this::all),
                get(
                        "policyTestResult",
                        PATH + "/{id}",
                        "How far a trial of policies is, and its result; as CSV, the warnings that change",
                        List.of(ID, LIMIT),
                        Answer.json("What is known of it.", schemaWithResult)
                                .or(MediaTypes.CSV, JsonSchemas.typed("string")),
                        this::one),
                post(
                        "policyTestStop",
                        PATH + "/{id}/stop",
                        "Stops a trial of policies",
                        List.of(ID),
                        new Body("An empty object.", MAX_BYTES, Map.of(MediaTypes.JSON, JsonSchemas.closed(Map.of()))),
                        this::stop));
    }

    private Reply begin(Trials known, Request request) {
        Instant since = request.value(SINCE);
        Instant until = request.value(UNTIL);
        if (until.isAfter(request.now())) {
            throw ProblemException.wrong(
                    UNTIL, "until is " + until + ", must not be later than now, which is " + request.now());
        }
        if (since.isAfter(until)) {
            throw ProblemException.wrong(
                    SINCE, "since is " + since + ", must not be later than until, which is " + until);
        }
        String yaml = new String(request.body(), StandardCharsets.UTF_8);
        try {
            return Reply.json(PolicyTestRow.json(known.begin(request.caller(), yaml, new Window(since, until))));
        } catch (InvalidPoliciesException invalid) {
            throw new ProblemException(Problem.wrongInput(invalid.problems().stream()
                    .map(problem -> new Problem.Fault(POLICIES, problem))
                    .toList()));
        }
    }

    private Reply all(Trials known, Request request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = json.putArray("rows");
        known.known(request.caller()).forEach(run -> rows.add(PolicyTestRow.json(run)));
        return Reply.json(json);
    }

    private ObjectNode listSchema() {
        ObjectNode rows = JsonSchemas.typed("array");
        rows.set("items", schema);
        return JsonSchemas.closed(Map.of("rows", rows));
    }

    private Reply one(Trials known, Request request) {
        TrialRun run = known.known(request.caller(), request.value(ID));
        int most = request.found(LIMIT).orElse(Integer.MAX_VALUE);
        return request.mediaType().equals(MediaTypes.CSV) ? csv(run) : Reply.json(PolicyTestRow.withResult(run, most));
    }

    private static Reply csv(TrialRun run) {
        TrialRun.Result result = run.ending()
                .flatMap(TrialRun.Ending::result)
                .orElseThrow(() ->
                        ProblemException.of(409, "The trial is " + run.state() + ", must be DONE to have a result"));
        return Reply.stream(MediaTypes.CSV, out -> {
                    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                    for (Iterator<String> lines =
                                    TrialCsv.lines(result.report()).iterator();
                            lines.hasNext(); ) {
                        writer.write(lines.next());
                        writer.write("\r\n");
                    }
                    writer.flush();
                })
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"policies-test-" + run.asked().id() + ".csv\"");
    }

    private Reply stop(Trials known, Request request) {
        JsonInput.of(request.body(), request.now()).check();
        return Reply.json(PolicyTestRow.json(known.stop(request.caller(), request.value(ID))));
    }

    private Operation get(
            String id,
            String path,
            String summary,
            List<Parameter<?>> parameters,
            Answer answer,
            BiFunction<Trials, Request, Reply> reply) {
        return Operation.get(id, path, Role.OPERATOR, summary, parameters, answer, given(reply));
    }

    private Operation post(
            String id,
            String path,
            String summary,
            List<Parameter<?>> parameters,
            Body body,
            BiFunction<Trials, Request, Reply> reply) {
        return new Operation(
                id,
                new Route(Method.POST, path),
                Optional.of(Role.OPERATOR),
                summary,
                parameters,
                Optional.of(body),
                Answer.json("What is known of the trial.", schema),
                given(reply));
    }

    private Handler given(BiFunction<Trials, Request, Reply> reply) {
        return request -> reply.apply(
                trials.orElseThrow(() -> ProblemException.of(403, "This console tries no policies")), request);
    }
}
