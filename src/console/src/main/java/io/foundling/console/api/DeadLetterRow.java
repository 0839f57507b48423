package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.table.DeadLetter;
import java.util.HexFormat;
import java.util.Map;

/**
 * Rows that are dead letters. Only those who read everything see the bytes, and the text of what failed, which may
 * quote them: nobody knows what is in them.
 */
final class DeadLetterRow implements RowForm<DeadLetter> {

    @Override
    public ObjectNode json(Found<DeadLetter> row, Masking masking) {
        DeadLetter letter = row.record();
        ObjectNode json = RecordRow.begin(row);
        json.put("reason", letter.reason());
        boolean isAuditor = masking.shown().isEmpty();
        json.put("message", isAuditor ? letter.message() : null);
        json.put("originTopic", letter.topic());
        json.put("originPartition", letter.partition());
        json.put("originOffset", letter.offset());
        json.put("valueSize", letter.size());
        json.put("value", isAuditor && letter.value() != null ? HexFormat.of().formatHex(letter.value()) : null);
        return json;
    }

    @Override
    public ObjectNode schema(JsonSchemas schemas) {
        Map<String, ObjectNode> properties = RecordRow.beginning(true);
        properties.put("reason", JsonSchemas.typed("string"));
        properties.put("message", JsonSchemas.orNull(text("What failed, for auditors; it may quote the input.")));
        properties.put("originTopic", JsonSchemas.orNull(JsonSchemas.typed("string")));
        properties.put("originPartition", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        properties.put("originOffset", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        properties.put("valueSize", JsonSchemas.orNull(JsonSchemas.typed("integer")));
        properties.put("value", JsonSchemas.orNull(text("The first bytes in hexadecimal, for auditors.")));
        return schemas.component("DeadLetterRow", JsonSchemas.closed(properties));
    }

    private static ObjectNode text(String description) {
        return JsonSchemas.typed("string").put("description", description);
    }
}
