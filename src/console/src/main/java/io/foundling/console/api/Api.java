package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.acts.Acts;
import io.foundling.console.delivery.silence.Silences;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.ScopeSchedules;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.policies.Trials;
import io.foundling.console.web.OpenApi;
import io.foundling.console.web.Operation;
import io.foundling.topology.explain.Explainer;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.settings.LedgerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** All operations: those that ask the read model, those that act, and their OpenAPI document. Any thread. */
public final class Api {

    private static final String VERSION = "1";

    private final List<Operation> operations;
    private final ObjectNode document;

    /** Makes those of a console that knows no Alertmanager, and tries no policies. */
    public Api(
            Queries queries,
            List<ModelTopic<?>> topics,
            Supplier<LedgerSettings> ledger,
            Set<String> metadata,
            Optional<Acts> acts) {
        this(queries, topics, ledger, metadata, acts, Silences.none(), Optional.empty(), schemas -> List.of());
    }

    /**
     * Makes them.
     *
     * @param topics of the read model
     * @param ledger rules, and the policies in force at each call, for explanations
     * @param metadata names whose values every reader may see
     * @param acts of operators; none: they are refused
     * @param silences of the Alertmanagers that alerts are sent to
     * @param trials of policies; none: they are refused
     * @param others makes operations that are no part of the console, and adds what their descriptions refer to
     */
    public Api(
            Queries queries,
            List<ModelTopic<?>> topics,
            Supplier<LedgerSettings> ledger,
            Set<String> metadata,
            Optional<Acts> acts,
            Silences silences,
            Optional<Trials> trials,
            Function<JsonSchemas, List<Operation>> others) {
        ReadSide side = new ReadSide(queries, topics, metadata);
        JsonSchemas schemas = new JsonSchemas();
        List<Operation> all = new ArrayList<>();
        all.add(SubjectOperation.of(side, schemas));
        all.add(ExplanationOperation.of(side, () -> new Explainer(ledger.get()), schemas));
        all.addAll(new SubjectLists(side, schemas).operations());
        all.addAll(new Lists(side, schemas, () -> ledger.get().policySet().alerts()).operations());
        all.add(SilenceOperation.of(silences, schemas));
        ScopeOperations scopes = new ScopeOperations(side, schemas, () -> schedules(ledger.get()));
        all.addAll(scopes.operations());
        all.add(StaleScrape.of(side, scopes, schemas));
        all.addAll(new CountOperations(side, schemas).operations());
        all.add(SourceFigures.of(side, schemas));
        all.add(TopicFigures.of(side, schemas));
        all.addAll(new ActOperations(acts, schemas).operations());
        all.addAll(new PolicyTestOperations(trials, schemas).operations());
        all.addAll(others.apply(schemas));
        all.add(OpenApi.served(ListOperation.PREFIX + "openapi.json", this::document));
        document = OpenApi.of("Foundling", VERSION, all, schemas.components());
        operations = List.copyOf(all);
    }

    private static ScopeSchedules schedules(LedgerSettings ledger) {
        return new PolicyDeadlines(ledger.policies(), ledger.expectations())::scheduleOf;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** Returns the OpenAPI document; nobody changes it. */
    public ObjectNode document() {
        return document;
    }
}
