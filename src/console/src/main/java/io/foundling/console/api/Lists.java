package io.foundling.console.api;

import static io.foundling.console.api.Inputs.NAME;
import static io.foundling.console.api.Inputs.PARENT;
import static io.foundling.console.api.Inputs.SOURCE;
import static io.foundling.console.api.Inputs.STAGE;
import static io.foundling.console.api.Inputs.STATUS;
import static io.foundling.console.api.Inputs.SUBJECT_KEY;
import static io.foundling.console.api.Inputs.stages;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.ViolationType;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Alerts;
import io.foundling.console.model.query.Awaiting;
import io.foundling.console.model.query.Clocks;
import io.foundling.console.model.query.DeadLetters;
import io.foundling.console.model.query.Events;
import io.foundling.console.model.query.Orphans;
import io.foundling.console.model.query.Question;
import io.foundling.console.model.query.Reconciliations;
import io.foundling.console.model.query.Settlements;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.model.query.Violations;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Request;
import io.foundling.topology.settings.PolicyAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The lists that are the rows of one table. */
final class Lists {

    private static final Parameter<Duration> MIN_AGE = Parameter.query(
            "minAge", ParameterType.duration(), "Only subjects that have had their status for longer than this.");
    private static final Parameter<AwaitingOrder> ORDER = Parameter.query(
                    "order",
                    ParameterType.oneOf(AwaitingOrder.class),
                    "What comes first; DEADLINE leaves out subjects without one.")
            .or("OLDEST");
    private static final Parameter<Instant> SINCE =
            Parameter.query("since", ParameterType.instant(), "Only what is from then or later.");
    private static final Parameter<Instant> UNTIL =
            Parameter.query("until", ParameterType.instant(), "Only what is from before then.");
    private static final Parameter<OrphanReason> ORPHAN_REASON =
            Parameter.query("reason", ParameterType.oneOf(OrphanReason.class), "Only orphans for this reason.");
    private static final Parameter<Boolean> UNSETTLED = Parameter.query(
                    "unsettled", ParameterType.flag(), "Only settlements that alert: members are missing, or too many.")
            .or("false");
    private static final Parameter<String> OF_PARENT =
            Parameter.query("parent", SUBJECT_KEY, "Only settlements of this parent.");
    private static final Parameter<String> SCOPE = Parameter.query("scope", SUBJECT_KEY, "Only checks of this scope.");
    private static final Parameter<CheckStatus> CHECK_STATUS =
            Parameter.query("status", ParameterType.oneOf(CheckStatus.class), "Only checks with this result.");
    private static final Parameter<ViolationType> VIOLATION_TYPE =
            Parameter.query("type", ParameterType.oneOf(ViolationType.class), "Only violations of this type.");
    private static final Parameter<String> SUBJECT =
            Parameter.query("subject", SUBJECT_KEY, "Only violations of this subject.");
    private static final Parameter<String> DEAD_LETTER_REASON =
            Parameter.query("reason", NAME, "Only dead letters for this reason, such as WRONG_PARTITION.");
    private static final Parameter<AlertStatus> ALERT_STATUS =
            Parameter.query("status", ParameterType.oneOf(AlertStatus.class), "Only alerts in this status.");
    private static final Parameter<AlertType> ALERT_TYPE =
            Parameter.query("type", ParameterType.oneOf(AlertType.class), "Only alerts of this type.");
    private static final Parameter<String> FACT =
            Parameter.query("fact", ParameterType.names(facts()), "Only events with this body.");

    private final ReadSide side;
    private final JsonSchemas schemas;
    private final Supplier<List<PolicyAlert>> additions;

    /** @param additions of the policies in force at each call, for labels */
    Lists(ReadSide side, JsonSchemas schemas, Supplier<List<PolicyAlert>> additions) {
        this.side = side;
        this.schemas = schemas;
        this.additions = additions;
    }

    /** What comes first of what awaits. */
    enum AwaitingOrder {
        OLDEST(Awaiting.Order.OLDEST),
        DEADLINE(Awaiting.Order.SOONEST_DEADLINE);

        private final Awaiting.Order order;

        AwaitingOrder(Awaiting.Order order) {
            this.order = order;
        }
    }

    private static List<String> facts() {
        return AuditEvent.getClassSchema().getField("body").schema().getTypes().stream()
                .map(Schema::getName)
                .toList();
    }

    List<Operation> operations() {
        return List.of(
                labelled(
                        "awaiting",
                        "AwaitingRow",
                        "Subjects of which something is still expected",
                        List.of(SOURCE, STAGE, STATUS, PARENT, MIN_AGE, ORDER, LabelInputs.OWNER, LabelInputs.LABEL),
                        Tables.DISPOSITION,
                        this::awaiting),
                labelled(
                        "orphans",
                        "OrphanRow",
                        "Orphans of now, those that have been orphans for longest first",
                        List.of(SOURCE, STAGE, PARENT, ORPHAN_REASON, SINCE, LabelInputs.OWNER, LabelInputs.LABEL),
                        Tables.ORPHAN,
                        request -> new Orphans(
                                labelled(request),
                                request.found(PARENT),
                                request.found(ORPHAN_REASON),
                                request.found(SINCE))),
                list(
                        "settlements",
                        "Settlements of closed parents, the latest closing first",
                        List.of(SOURCE, STAGE, OF_PARENT, UNSETTLED),
                        Tables.SETTLEMENT,
                        request ->
                                new Settlements(stages(request), request.found(OF_PARENT), request.value(UNSETTLED))),
                list(
                        "reconciliations",
                        "Results of checks, the latest run date first",
                        List.of(SOURCE, STAGE, SCOPE, CHECK_STATUS),
                        Tables.RECONCILIATION,
                        request -> new Reconciliations(
                                stages(request), request.found(SCOPE), request.found(CHECK_STATUS))),
                list(
                        "violations",
                        "Violations, the latest first",
                        List.of(SOURCE, STAGE, VIOLATION_TYPE, SUBJECT),
                        Tables.VIOLATION,
                        request ->
                                new Violations(stages(request), request.found(VIOLATION_TYPE), request.found(SUBJECT))),
                list(
                        "alerts",
                        "Alerts, the latest first",
                        List.of(SOURCE, STAGE, ALERT_STATUS, ALERT_TYPE),
                        Tables.ALERT,
                        request -> new Alerts(request.found(ALERT_STATUS), request.found(ALERT_TYPE), stages(request))),
                list(
                        "clocks",
                        "How far each ledger task has come, and the delay of each of its sources",
                        List.of(),
                        Tables.CLOCK,
                        request -> new Clocks(request.caller().sources())),
                list(
                        "events",
                        "Events, the last one that was appended first",
                        List.of(SOURCE, STAGE, FACT, SINCE, UNTIL),
                        Tables.EVENT,
                        request -> new Events(
                                stages(request), request.found(FACT), request.found(SINCE), request.found(UNTIL))),
                deadLetters());
    }

    private StageFilter labelled(Request request) {
        return LabelInputs.narrowed(stages(request), request, additions);
    }

    private Awaiting awaiting(Request request) {
        return new Awaiting(
                labelled(request),
                request.found(STATUS),
                request.found(PARENT),
                request.found(MIN_AGE).map(request.now()::minus),
                request.value(ORDER).order);
    }

    private <T extends SpecificRecord> Operation list(
            String name,
            String summary,
            List<Parameter<?>> parameters,
            Table<T> table,
            Function<Request, Question<T>> question) {
        return list(name, summary, parameters, table, new RecordRow<>(table), question);
    }

    private <T extends SpecificRecord> Operation labelled(
            String name,
            String row,
            String summary,
            List<Parameter<?>> parameters,
            Table<T> table,
            Function<Request, Question<T>> question) {
        return list(
                name, summary, parameters, table, new LabelledRow<>(row, new RecordRow<>(table), additions), question);
    }

    private <T extends SpecificRecord> Operation list(
            String name,
            String summary,
            List<Parameter<?>> parameters,
            Table<T> table,
            RowForm<T> form,
            Function<Request, Question<T>> question) {
        return ListOperation.of(
                new Listing<>(
                        name,
                        name,
                        summary,
                        parameters,
                        table,
                        form,
                        (request, after, limit) -> side.queries().page(question.apply(request), after, limit)),
                side,
                schemas);
    }

    /** A dead letter is of no source: the key of its record is only what its producer says. */
    private Operation deadLetters() {
        return ListOperation.of(
                new Listing<>(
                        "dead-letters",
                        "dead-letters",
                        "Dead letters, the latest first; only for callers who may see all sources",
                        List.of(DEAD_LETTER_REASON),
                        Tables.DEAD_LETTER,
                        new DeadLetterRow(),
                        (request, after, limit) -> {
                            if (request.caller().sources().isPresent()) {
                                throw ProblemException.of(
                                        403,
                                        "Dead letters are of no source, and your credentials are limited to "
                                                + String.join(
                                                        ", ",
                                                        request.caller()
                                                                .sources()
                                                                .get()));
                            }
                            Optional<String> reason = request.found(DEAD_LETTER_REASON);
                            return side.queries().page(new DeadLetters(reason), after, limit);
                        }),
                side,
                schemas);
    }
}
