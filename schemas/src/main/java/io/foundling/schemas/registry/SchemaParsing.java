package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/** Makes a schema of what a registry answers, together with the schemas that it refers to. */
final class SchemaParsing {

    /** A schema that refers to more, itself and all others, is not read. */
    private static final int MOST_REFERENCES = 100;

    private final PatientRegistry registry;

    SchemaParsing(PatientRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param named how messages name the schema
     * @throws UnusableSchemaException if it, or one that it refers to, is no Avro schema or is missing
     */
    Schema parse(String named, JsonNode answer) {
        // A reader does not use the writer's defaults, so they are not checked.
        return parse(named, answer, new Schema.Parser().setValidateDefaults(false), new HashSet<>());
    }

    /** A parser knows the names of all that it has read, so what a schema refers to comes first. */
    private Schema parse(String named, JsonNode answer, Schema.Parser parser, Set<String> read) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException(named + " is a " + type + " schema, expected AVRO");
        }
        for (JsonNode reference : answer.path("references")) {
            refer(named, reference, parser, read);
        }
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (RuntimeException | StackOverflowError broken) {
            throw new UnusableSchemaException(named + " is no Avro schema: " + broken.getMessage());
        }
    }

    private void refer(String named, JsonNode reference, Schema.Parser parser, Set<String> read) {
        String path = "/subjects/"
                + HttpRegistryClient.encode(reference.path("subject").asText()) + "/versions/"
                + reference.path("version").asInt();
        if (!read.add(path)) {
            return;
        }
        if (read.size() > MOST_REFERENCES) {
            throw new UnusableSchemaException(named + " refers to more than " + MOST_REFERENCES + " schemas");
        }
        String referred = "version " + reference.path("version").asInt() + " of subject "
                + reference.path("subject").asText() + ", to which " + named + " refers,";
        parse(referred, referredTo(referred, path), parser, read);
    }

    /** The registry has just granted the schema itself, so a refusal that lasts is about this subject. */
    private JsonNode referredTo(String referred, String path) {
        RegistryAnswer answer;
        try {
            answer = registry.ask("GET", path, null);
        } catch (RegistryAccessException refused) {
            throw new UnusableSchemaException(referred + " may not be read: " + refused.getMessage());
        }
        if (!answer.succeeded()) {
            throw new UnusableSchemaException(referred + " is not registered");
        }
        return answer.json();
    }
}
