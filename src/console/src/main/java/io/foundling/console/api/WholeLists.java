package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes operations whose answers are lists so short that they need no pages. */
final class WholeLists {

    private WholeLists() {}

    /**
     * Makes one.
     *
     * @param row the JSON Schema of a row
     * @param state how far the answer is, asked before its rows
     */
    static Operation of(
            String name,
            String summary,
            List<Parameter<?>> parameters,
            ObjectNode row,
            Function<Request, ModelState> state,
            Function<Request, List<ObjectNode>> rows) {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        ModelState.describe(properties);
        ObjectNode list = JsonSchemas.typed("array");
        list.set("items", row);
        properties.put("rows", list);
        return Operation.get(
                name.replace('/', '-'),
                ListOperation.PREFIX + name,
                Role.READER,
                summary,
                parameters,
                Answer.json("The whole list.", JsonSchemas.closed(properties)),
                ReadSide.guarded(request -> reply(state.apply(request), rows.apply(request))));
    }

    private static Reply reply(ModelState state, List<ObjectNode> rows) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.addTo(json);
        ArrayNode list = json.putArray("rows");
        rows.forEach(list::add);
        return state.on(Reply.json(json));
    }
}
