package io.foundling.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Removes the properties of a schema that only Java understands. Generated classes have a property for the string
 * class; it changes no byte on the wire, but would make one contract look different in each language.
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
