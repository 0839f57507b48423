package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.table.DeadLetter;
import java.util.HexFormat;
import java.util.Map;

/** Rows that are dead letters. Only those who read everything see the bytes: nobody knows what is in them. */
final class DeadLetterRow implements RowForm<DeadLetter> {

    @Override
    public ObjectNode json(Found<DeadLetter> row, Masking masking) {
        DeadLetter letter = row.record();
        ObjectNode json = RecordRow.begin(row);
        json.put("reason", letter.reason());
        json.put("message", letter.message());
        json.put("originTopic", letter.topic());
        json.put("originPartition", letter.partition());
        json.put("originOffset", letter.offset());
        json.put("valueSize", letter.size());
        boolean isShown = masking.shown().isEmpty() && letter.value() != null;
        json.put("value", isShown ? HexFormat.of().formatHex(letter.value()) : null);
        return json;
    }

    @Override
    public ObjectNode schema(JsonSchemas schemas) {
        Map<String, ObjectNode> properties = RecordRow.beginning(true);
        properties.put("reason", JsonSchemas.typed("string"));
        properties.put("message", JsonSchemas.orNull(JsonSchemas.typed("string")));
        properties.put("originTopic", JsonSchemas.orNull(JsonSchemas.typed("string")));
        properties.put("originPartition", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        properties.put("originOffset", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        properties.put("valueSize", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        ObjectNode value =
                JsonSchemas.typed("string").put("description", "The first bytes in hexadecimal, for auditors.");
        properties.put("value", JsonSchemas.orNull(value));
        return schemas.component("DeadLetterRow", JsonSchemas.closed(properties));
    }
}
