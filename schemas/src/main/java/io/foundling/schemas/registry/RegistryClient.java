package io.foundling.schemas.registry;

import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A client of a Schema Registry. Answers that cannot change are cached, so that usually no call leaves the process. A
 * call that needs the registry waits for it as long as the settings allow. If the registry refuses access, the call
 * throws {@link RegistryAccessException}: at once before the registry has granted access for the first time, later
 * after the same wait. Thread-safe.
 */
public interface RegistryClient extends AutoCloseable {

    /**
     * Registers a schema under a subject and returns its id; the same schema again gives the same id.
     *
     * @throws SchemaRejectedException if the registry rejects the schema, for example as incompatible
     * @throws RegistryUnavailableException if no registry answered in time
     */
    int register(String subject, Schema schema);

    /**
     * Returns the id of a schema that is already registered under a subject.
     *
     * @throws SchemaRejectedException if it is not registered under the subject
     * @throws RegistryUnavailableException if no registry answered in time
     */
    int idOf(String subject, Schema schema);

    /**
     * Returns the schema with an id, or empty if the registry itself says that there is none.
     *
     * @throws UnusableSchemaException if what is registered is no Avro schema
     * @throws RegistryUnavailableException if no registry answered in time
     */
    Optional<Schema> schemaById(int id);

    /**
     * Returns the schema with a GUID, or empty if the registry itself says that there is none, or that it has no GUIDs.
     *
     * @throws UnusableSchemaException if what is registered is no Avro schema
     * @throws RegistryUnavailableException if no registry answered in time
     */
    Optional<Schema> schemaByGuid(UUID guid);

    /**
     * Returns the newest schema of a subject; asks the registry every time.
     *
     * @throws SchemaRejectedException if the subject has none
     * @throws UnusableSchemaException if what is registered is no Avro schema
     * @throws RegistryUnavailableException if no registry answered in time
     */
    RegisteredSchema latest(String subject);

    /**
     * Sets which changes the registry accepts under a subject.
     *
     * @throws RegistryUnavailableException if no registry answered in time
     */
    void compatibility(String subject, Compatibility level);

    /** Whether a call is waiting for the registry at the moment; such a process is not ready. */
    boolean waiting();

    /** Ends every wait; the waiting calls fail. */
    @Override
    void close();
}
