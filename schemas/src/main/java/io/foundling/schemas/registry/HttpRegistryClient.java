package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Calls a registry with Confluent's API over HTTP. Schemas and ids never change and are cached without a limit. An
 * unknown id is remembered for ten seconds, so that many damaged messages do not cause many requests. Thread-safe.
 */
public final class HttpRegistryClient implements RegistryClient {

    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
    private final DeniedIds denied = new DeniedIds(System::nanoTime);
    private final PatientRegistry registry;
    private final String query;

    public HttpRegistryClient(HttpRegistrySettings settings) {
        registry = new PatientRegistry(
                new RegistryEndpoints(settings.addresses(), settings.tls(), settings.requestTimeout()),
                settings.maxWait());
        query = settings.normalizes() ? "?normalize=true" : "";
    }

    @Override
    public int register(String subject, Schema schema) {
        return id("/subjects/" + encode(subject) + "/versions" + query, subject, schema);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return id("/subjects/" + encode(subject) + query, subject, schema);
    }

    @Override
    public Optional<Schema> schemaById(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        if (id < 0 || denied.contains(id)) {
            return Optional.empty();
        }
        RegistryAnswer answer = registry.ask("GET", "/schemas/ids/" + id, null);
        if (answer.denies()) {
            denied.add(id);
            return Optional.empty();
        }
        Schema schema = parse(id, answer.json());
        schemas.put(id, schema);
        return Optional.of(schema);
    }

    @Override
    public RegisteredSchema latest(String subject) {
        RegistryAnswer answer = registry.ask("GET", "/subjects/" + encode(subject) + "/versions/latest", null);
        if (!answer.succeeded()) {
            throw new SchemaRejectedException("there is no schema under subject " + subject
                    + ", which use.latest.version asks for: register one first (" + answer.explanation() + ")");
        }
        int id = answer.json().path("id").intValue();
        return new RegisteredSchema(id, schemas.computeIfAbsent(id, unknown -> parse(id, answer.json())));
    }

    @Override
    public void compatibility(String subject, Compatibility level) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
        RegistryAnswer answer = registry.ask("PUT", "/config/" + encode(subject), body);
        if (!answer.succeeded()) {
            throw new SchemaRejectedException("schema registry denies compatibility " + level + " for subject "
                    + subject + ": " + answer.explanation());
        }
    }

    @Override
    public boolean waiting() {
        return registry.waiting();
    }

    @Override
    public void close() {
        registry.close();
    }

    private int id(String path, String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        RegistryAnswer answer = registry.ask("POST", path, body(schema));
        if (answer.denies()) {
            throw new SchemaRejectedException("schema " + schema.getFullName() + " is not registered under subject "
                    + subject + ": register it, or set auto.register.schemas to true");
        }
        if (!answer.succeeded()) {
            throw new SchemaRejectedException("schema registry denies schema " + schema.getFullName() + " for subject "
                    + subject + ": " + answer.explanation());
        }
        int id = answer.json().path("id").intValue();
        ids.put(key, id);
        return id;
    }

    private static Schema parse(int id, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException("schema id " + id + " is a " + type + " schema, expected AVRO");
        }
        if (!answer.path("references").isEmpty()) {
            throw new UnusableSchemaException(
                    "schema id " + id + " refers to other schemas, expected one that is complete in itself");
        }
        try {
            // A reader does not use the writer's defaults, so they are not checked.
            return new Schema.Parser()
                    .setValidateDefaults(false)
                    .parse(answer.path("schema").asText());
        } catch (RuntimeException | StackOverflowError broken) {
            throw new UnusableSchemaException("schema id " + id + " is no Avro schema: " + broken.getMessage());
        }
    }

    private static ObjectNode body(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record SubjectSchema(String subject, Schema schema) {}
}
