package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Calls a registry with Confluent's API over HTTP. Schemas and ids never change and are cached without a limit. An
 * unknown id is remembered for ten seconds and an unusable schema for ten minutes, so that many damaged messages do not
 * cause many requests. Thread-safe.
 */
public final class HttpRegistryClient implements RegistryClient {

    private final Map<Object, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
    private final RecentIds<Boolean> denied = new RecentIds<>(System::nanoTime, Duration.ofSeconds(10));
    private final RecentIds<UnusableSchemaException> unusable =
            new RecentIds<>(System::nanoTime, Duration.ofMinutes(10));
    private final PatientRegistry registry;
    private final SchemaParsing parsing;
    private final String query;

    public HttpRegistryClient(HttpRegistrySettings settings) {
        registry = new PatientRegistry(
                new RegistryEndpoints(settings.addresses(), settings.tls(), settings.requestTimeout()),
                settings.maxWait());
        parsing = new SchemaParsing(registry);
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
        return id < 0 ? Optional.empty() : schema(id, "schema id " + id, "/schemas/ids/" + id);
    }

    @Override
    public Optional<Schema> schemaByGuid(UUID guid) {
        return schema(guid, "schema GUID " + guid, RegistryAnswer.GUIDS + guid);
    }

    private Optional<Schema> schema(Object id, String named, String path) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        if (denied.of(id).isPresent()) {
            return Optional.empty();
        }
        unusable.of(id).ifPresent(found -> {
            throw new UnusableSchemaException(found.getMessage());
        });
        RegistryAnswer answer = registry.ask("GET", path, null);
        if (answer.denies()) {
            denied.add(id, true);
            return Optional.empty();
        }
        try {
            Schema schema = parsing.parse(named, answer.json());
            schemas.put(id, schema);
            return Optional.of(schema);
        } catch (UnusableSchemaException found) {
            unusable.add(id, found);
            throw found;
        }
    }

    @Override
    public RegisteredSchema latest(String subject) {
        RegistryAnswer answer = registry.ask("GET", "/subjects/" + encode(subject) + "/versions/latest", null);
        if (!answer.succeeded()) {
            throw new SchemaRejectedException("there is no schema under subject " + subject
                    + ", which use.latest.version asks for: register one first (" + answer.explanation() + ")");
        }
        int id = answer.json().path("id").intValue();
        Schema known = schemas.get(id);
        if (known == null) {
            known = parsing.parse("schema id " + id, answer.json());
            schemas.put(id, known);
        }
        return new RegisteredSchema(id, known);
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

    private static ObjectNode body(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record SubjectSchema(String subject, Schema schema) {}
}
