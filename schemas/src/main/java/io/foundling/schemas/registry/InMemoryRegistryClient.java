package io.foundling.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;

/** A registry in this process, for tests. It accepts every schema and can simulate an outage. */
public final class InMemoryRegistryClient implements RegistryClient {

    /**
     * The one static map of the project: a Kafka serializer that is made from a class name and a configuration has no
     * other way to meet the registry of the deserializer beside it than by the name in {@code mock://name}.
     */
    private static final ConcurrentMap<String, InMemoryRegistryClient> BY_NAME = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, Set<Integer>> subjects = new ConcurrentHashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private volatile boolean down;

    /** Returns the registry of this name, the same one for every caller in the JVM. */
    public static InMemoryRegistryClient named(String name) {
        return BY_NAME.computeIfAbsent(name, ignored -> new InMemoryRegistryClient());
    }

    /** Removes the registry of this name; the next {@link #named} returns an empty one. */
    public static void forget(String name) {
        BY_NAME.remove(name);
    }

    /** Begins or ends an outage. During an outage every call fails at once, without waiting. */
    public void down(boolean away) {
        down = away;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        requireUp();
        int index = schemas.indexOf(schema);
        if (index < 0) {
            index = schemas.size();
            schemas.add(schema);
        }
        int id = index + 1;
        if (subjects.computeIfAbsent(subject, ignored -> new HashSet<>()).add(id)) {
            newest.put(subject, id);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        requireUp();
        int id = schemas.indexOf(schema) + 1;
        if (!subjects.getOrDefault(subject, Set.of()).contains(id)) {
            throw new SchemaRejectedException(
                    "schema " + schema.getFullName() + " is not registered under subject " + subject);
        }
        return id;
    }

    @Override
    public synchronized Optional<Schema> schemaById(int id) {
        requireUp();
        return id >= 1 && id <= schemas.size() ? Optional.of(schemas.get(id - 1)) : Optional.empty();
    }

    @Override
    public synchronized Optional<Schema> schemaByGuid(UUID guid) {
        requireUp();
        return schemas.stream().filter(schema -> guid(schema).equals(guid)).findFirst();
    }

    /** Returns the GUID of a schema here; other registries compute another one. */
    public static UUID guid(Schema schema) {
        return UUID.nameUUIDFromBytes(schema.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized RegisteredSchema latest(String subject) {
        requireUp();
        int id = newest.getOrDefault(subject, 0);
        if (id == 0) {
            throw new SchemaRejectedException("there is no schema under subject " + subject);
        }
        return new RegisteredSchema(id, schemas.get(id - 1));
    }

    @Override
    public void compatibility(String subject, Compatibility level) {
        requireUp();
    }

    /** Returns the subjects that have a schema. */
    public Set<String> subjects() {
        return Set.copyOf(subjects.keySet());
    }

    @Override
    public boolean waiting() {
        return down;
    }

    @Override
    public void close() {
        // The registry is shared by name, so one user must not close it for the others.
    }

    private void requireUp() {
        if (down) {
            throw new RegistryUnavailableException("in-memory schema registry was taken down by down(true)");
        }
    }
}
