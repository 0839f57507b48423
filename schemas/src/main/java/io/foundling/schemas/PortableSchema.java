package io.foundling.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A schema as every language sees it. Generated classes carry a property that only tells Java which string class to use; it
 * does not change a byte on the wire and would make the same contract look different to each language.
 */
final class PortableSchema {

    private PortableSchema() {}

    static Schema of(Schema schema) {
        try {
            ObjectMapper json = new ObjectMapper();
            JsonNode tree = json.readTree(schema.toString());
            strip(tree);
            return new Schema.Parser().parse(json.writeValueAsString(tree));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("schema " + schema.getFullName() + " is no JSON", impossible);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(PortableSchema::strip);
    }
}
