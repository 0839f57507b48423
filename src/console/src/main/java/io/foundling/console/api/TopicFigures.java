package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.TopicState;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.table.Table;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far each topic was read, and since when the trail is complete. */
final class TopicFigures {

    private final ReadSide side;

    private TopicFigures(ReadSide side) {
        this.side = side;
    }

    static Operation of(ReadSide side, JsonSchemas schemas) {
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        row.put("topic", JsonSchemas.typed("string"));
        row.put("list", JsonSchemas.typed("string").put("description", "The kind of its records."));
        ModelState.describe(row);
        row.put("passedOver", JsonSchemas.typed("integer").put("description", "Records that cannot be decoded."));
        TopicFigures figures = new TopicFigures(side);
        Table<?>[] all = side.topics().stream().map(ModelTopic::table).toArray(Table<?>[]::new);
        return WholeLists.of(
                "topics",
                "How far each topic was read, and since when the trail is complete",
                List.of(),
                schemas.component("TopicRow", JsonSchemas.closed(row)),
                request -> side.state(all),
                figures::rows);
    }

    private List<ObjectNode> rows(Request request) {
        List<TopicState> states = side.states();
        return side.topics().stream().map(topic -> row(topic, states)).toList();
    }

    private static ObjectNode row(ModelTopic<?> topic, List<TopicState> states) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", topic.name());
        json.put("list", topic.table().name());
        ModelState.of(List.of(topic.name()), !topic.table().isCompacted(), states)
                .addTo(json);
        json.put(
                "passedOver",
                states.stream()
                        .filter(state -> state.topic().equals(topic.name()))
                        .mapToLong(TopicState::passedOver)
                        .sum());
        return json;
    }
}
