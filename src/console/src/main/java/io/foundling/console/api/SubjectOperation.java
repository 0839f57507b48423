package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one subject: its disposition, and its active warning. */
final class SubjectOperation {

    private final ReadSide side;
    private final RowForm<Disposition> dispositions = new RecordRow<>(Tables.DISPOSITION);
    private final RowForm<OrphanWarning> warnings = new RecordRow<>(Tables.ORPHAN);

    private SubjectOperation(ReadSide side) {
        this.side = side;
    }

    static Operation of(ReadSide side, JsonSchemas schemas) {
        SubjectOperation made = new SubjectOperation(side);
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        ModelState.describe(properties);
        properties.put("key", JsonSchemas.typed("string"));
        properties.put("disposition", JsonSchemas.orNull(made.dispositions.schema(schemas)));
        properties.put("warning", JsonSchemas.orNull(made.warnings.schema(schemas)));
        return Operation.get(
                "subject",
                ListOperation.PREFIX + "subjects/{key}",
                Role.READER,
                "The disposition of a subject, and its active warning",
                List.of(Inputs.KEY),
                Answer.json("What is known of it; null for what there is not.", JsonSchemas.closed(properties)),
                ReadSide.guarded(made::reply));
    }

    private Reply reply(Request request) {
        String key = request.value(Inputs.KEY);
        KnownSubject.checkVisible(request.caller(), key);
        ModelState state = side.state(Tables.DISPOSITION, Tables.ORPHAN);
        Optional<Found<Disposition>> disposition = side.queries().found(Tables.DISPOSITION, key);
        Optional<Found<OrphanWarning>> warning = side.queries().found(Tables.ORPHAN, key);
        if (disposition.isEmpty() && warning.isEmpty()) {
            throw KnownSubject.unknown(key);
        }
        Masking masking = side.masking(request.caller());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.addTo(json);
        json.put("key", key);
        json.set(
                "disposition",
                disposition.map(row -> dispositions.json(row, masking)).orElse(null));
        json.set("warning", warning.map(row -> warnings.json(row, masking)).orElse(null));
        return state.on(Reply.json(json));
    }
}
