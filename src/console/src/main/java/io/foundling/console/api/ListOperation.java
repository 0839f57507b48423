package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import io.foundling.console.json.CsvForm;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Page;
import io.foundling.console.web.Answer;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the operation of a list: a page of it as JSON, or all of it as CSV or NDJSON. */
final class ListOperation<T> {

    static final String PREFIX = "/api/v1/";

    private static final int ROWS = 100;

    private final Listing<T> list;
    private final ReadSide side;
    private final ObjectNode row;
    private final CsvForm csv;

    private ListOperation(Listing<T> list, ReadSide side, JsonSchemas schemas) {
        this.list = list;
        this.side = side;
        row = list.form().schema(schemas);
        csv = CsvForm.of(row, schemas);
    }

    static <T> Operation of(Listing<T> list, ReadSide side, JsonSchemas schemas) {
        ListOperation<T> made = new ListOperation<>(list, side, schemas);
        List<Parameter<?>> parameters = new ArrayList<>(list.parameters());
        parameters.add(Inputs.LIMIT);
        parameters.add(Inputs.CURSOR);
        return Operation.get(
                list.id(),
                PREFIX + list.path(),
                Role.READER,
                list.summary(),
                parameters,
                made.answer(),
                ReadSide.guarded(made::reply));
    }

    private Answer answer() {
        Map<String, ObjectNode> page = new LinkedHashMap<>();
        ModelState.describe(page);
        ObjectNode rows = JsonSchemas.typed("array");
        rows.set("items", row);
        page.put("rows", rows);
        page.put(
                "next",
                JsonSchemas.orNull(JsonSchemas.typed("string"))
                        .put("description", "The cursor of the next page; null if this is the last one."));
        page.put(
                "nextLink",
                JsonSchemas.orNull(JsonSchemas.typed("string"))
                        .put("description", "The next page, as the header Link has it."));
        return Answer.json("A page of the list; all of it as CSV or NDJSON.", JsonSchemas.closed(page))
                .or(MediaTypes.NDJSON, row)
                .or(MediaTypes.CSV, JsonSchemas.typed("string"));
    }

    private Reply reply(Request request) {
        ModelState state = side.state(list.table());
        Reply reply = request.mediaType().equals(MediaTypes.JSON) ? page(request, state) : export(request);
        return state.on(reply);
    }

    private Reply page(Request request, ModelState state) {
        Page<T> page = page(
                request,
                request.found(Inputs.CURSOR),
                request.found(Inputs.LIMIT).orElse(ROWS));
        Masking masking = side.masking(request.caller());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.addTo(json);
        ArrayNode rows = json.putArray("rows");
        page.rows().forEach(found -> rows.add(list.form().json(found, masking)));
        Optional<String> link = page.next().map(next -> NextLink.of(request.target(), next));
        json.put("next", page.next().map(Cursor::toString).orElse(null));
        json.put("nextLink", link.orElse(null));
        Reply reply = Reply.json(json);
        return link.isPresent() ? reply.header("Link", "<" + link.get() + ">; rel=\"next\"") : reply;
    }

    /** The first page is read before anything is written, so that what is wrong can still be answered. */
    private Reply export(Request request) {
        if (request.found(Inputs.LIMIT).isPresent()) {
            throw ProblemException.wrong(
                    Inputs.LIMIT,
                    "limit is for pages as " + MediaTypes.JSON + ", must be missing for " + request.mediaType()
                            + ", which has all rows");
        }
        Page<T> first = page(request, request.found(Inputs.CURSOR), Inputs.MAX_LIMIT);
        boolean isCsv = request.mediaType().equals(MediaTypes.CSV);
        Masking masking = side.masking(request.caller());
        Export<T> export = new Export<>(
                isCsv ? csv.header() : "",
                found -> {
                    ObjectNode json = list.form().json(found, masking);
                    return isCsv ? csv.line(json) : json + "\n";
                },
                after -> page(request, Optional.of(after), Inputs.MAX_LIMIT));
        return Reply.stream(request.mediaType(), out -> export.write(first, out))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + list.id() + (isCsv ? ".csv" : ".ndjson") + "\"");
    }

    private Page<T> page(Request request, Optional<Cursor> after, int limit) {
        try {
            return list.pages().page(request, after, limit);
        } catch (IllegalArgumentException foreign) {
            if (after.isEmpty()) {
                throw foreign;
            }
            throw ProblemException.wrong(Inputs.CURSOR, foreign.getMessage());
        }
    }
}
