package io.foundling.console.api;

import static io.foundling.console.api.Inputs.KEY;
import static io.foundling.console.api.Inputs.SOURCE;
import static io.foundling.console.api.Inputs.STAGE;
import static io.foundling.console.api.Inputs.STATUS;

import io.foundling.audit.Disposition;
import io.foundling.audit.SubjectKind;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Members;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.query.Parents;
import io.foundling.console.model.query.Question;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.model.query.Trail;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Request;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** The lists of parents, and those that belong to one subject. */
final class SubjectLists {

    private static final Parameter<SubjectKind> KIND = Parameter.query(
                    "kind",
                    ParameterType.constants(
                            List.of(SubjectKind.BATCH, SubjectKind.EXPORT, SubjectKind.SCOPE, SubjectKind.OPERATION)),
                    "Parents of which kind.")
            .or("BATCH");

    private final ReadSide side;
    private final JsonSchemas schemas;
    private final KnownSubject subjects;

    SubjectLists(ReadSide side, JsonSchemas schemas) {
        this.side = side;
        this.schemas = schemas;
        subjects = new KnownSubject(side);
    }

    List<Operation> operations() {
        return List.of(
                parents(),
                ofSubject(
                        "members",
                        "parents/{key}/members",
                        "The subjects whose parent this is at present, by their keys",
                        List.of(KEY, STATUS),
                        Tables.DISPOSITION,
                        request -> members(request, false)),
                ofSubject(
                        "missing",
                        "parents/{key}/missing",
                        "The members of a parent that are not back, also before it closes",
                        List.of(KEY, STATUS),
                        Tables.DISPOSITION,
                        request -> members(request, true)),
                ofSubject(
                        "trail",
                        "subjects/{key}/trail",
                        "The events of a subject, in the order in which they happened",
                        List.of(KEY),
                        Tables.EVENT,
                        request -> new Trail(request.value(KEY))));
    }

    private Operation parents() {
        return ListOperation.of(
                new Listing<>(
                        "parents",
                        "parents",
                        "Subjects of a kind that can be a parent, those with the latest news first",
                        List.of(KIND, SOURCE, STAGE),
                        Tables.DISPOSITION,
                        new RecordRow<>(Tables.DISPOSITION),
                        (request, after, limit) -> side.queries()
                                .page(new Parents(request.value(KIND), Inputs.stages(request)), after, limit)),
                side,
                schemas);
    }

    private static Question<Disposition> members(Request request, boolean isAwaiting) {
        return new Members(
                request.value(KEY),
                request.found(STATUS),
                isAwaiting,
                StageFilter.visible(request.caller().sources()));
    }

    private <T extends SpecificRecord> Operation ofSubject(
            String id,
            String path,
            String summary,
            List<Parameter<?>> parameters,
            Table<T> table,
            Function<Request, Question<T>> question) {
        Listing.Pages<T> pages = (request, after, limit) -> {
            String key = request.value(KEY);
            KnownSubject.checkVisible(request.caller(), key);
            Page<T> page = side.queries().page(question.apply(request), after, limit);
            if (page.rows().isEmpty() && subjects.disposition(key).isEmpty()) {
                throw KnownSubject.unknown(key);
            }
            return page;
        };
        return ListOperation.of(
                new Listing<>(id, path, summary, parameters, table, new RecordRow<>(table), pages), side, schemas);
    }
}
