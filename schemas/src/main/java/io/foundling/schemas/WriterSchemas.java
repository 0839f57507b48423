package io.foundling.schemas;

import io.foundling.schemas.registry.RegisteredSchema;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.SchemaRejectedException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;

/**
 * Decides under which subject and schema id the records of a topic are written: a registered schema, one that is only
 * looked up, or the newest one.
 */
public final class WriterSchemas {

    private enum Way {
        REGISTER,
        LOOK_UP,
        LATEST
    }

    private final RegistryClient registry;
    private final SubjectNameStrategy naming;
    private final boolean isKey;
    private final Way way;
    private final boolean strict;

    private WriterSchemas(RegistryClient registry, SubjectNameStrategy naming, boolean isKey, Way way, boolean strict) {
        this.registry = registry;
        this.naming = naming;
        this.isKey = isKey;
        this.way = way;
        this.strict = strict;
    }

    WriterSchemas(AvroConfig config, RegistryClient registry, boolean isKey) {
        this(
                registry,
                config.subjectNameStrategy(isKey),
                isKey,
                config.useLatestVersion() ? Way.LATEST : config.autoRegisterSchemas() ? Way.REGISTER : Way.LOOK_UP,
                config.getBoolean(AvroConfig.LATEST_COMPATIBILITY_STRICT));
    }

    /** Returns the writer schemas of a value serializer with these settings. */
    public static WriterSchemas of(Map<String, ?> settings, RegistryClient registry) {
        return new WriterSchemas(new AvroConfig(settings), registry, false);
    }

    static WriterSchemas registering(RegistryClient registry) {
        return new WriterSchemas(registry, SubjectNameStrategy.TOPIC, false, Way.REGISTER, true);
    }

    /** Returns the subject of a schema without asking the registry. */
    public String subject(String topic, Schema schema) {
        return naming.subject(topic, isKey, schema);
    }

    /**
     * Makes sure that records with a schema can be written to a topic.
     *
     * @throws SchemaRejectedException if the registry rejects it
     * @throws io.foundling.schemas.registry.RegistryUnavailableException if no registry answered in time
     */
    public void require(String topic, Schema schema) {
        identify(topic, schema);
    }

    WriterSchema identify(String topic, Schema schema) {
        Schema portable = PortableSchema.of(schema);
        String subject = subject(topic, portable);
        return switch (way) {
            case REGISTER -> new WriterSchema(registry.register(subject, portable), Optional.empty());
            case LOOK_UP -> new WriterSchema(registry.idOf(subject, portable), Optional.empty());
            case LATEST -> latest(subject, portable);
        };
    }

    private WriterSchema latest(String subject, Schema own) {
        RegisteredSchema latest = registry.latest(subject);
        if (isSameOnTheWire(own, latest.schema())) {
            return new WriterSchema(latest.id(), Optional.empty());
        }
        if (strict && !canRead(latest.schema(), own)) {
            throw new SchemaRejectedException("the newest schema of subject " + subject + " (id " + latest.id()
                    + ") cannot read what " + own.getFullName()
                    + " writes here; register this version's schema, or set "
                    + AvroConfig.LATEST_COMPATIBILITY_STRICT + " to false");
        }
        return new WriterSchema(latest.id(), Optional.of(new SchemaTranslation(own, latest.schema())));
    }

    private static boolean isSameOnTheWire(Schema one, Schema other) {
        return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    private static boolean canRead(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }
}
