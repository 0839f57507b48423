package io.foundling.schemas;

import io.foundling.schemas.registry.HttpRegistryClient;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.schemas.registry.RegistryClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of the serdes; keys that Confluent's serdes have too carry the same name. Other keys are ignored. */
public final class AvroConfig extends AbstractConfig {

    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String REGISTRY_CLIENT = "schema.registry.client";
    public static final String REGISTRY_MAX_WAIT_MS = "schema.registry.max.wait.ms";
    public static final String REGISTRY_REQUEST_TIMEOUT_MS = "schema.registry.request.timeout.ms";
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    public static final String VALUE_TYPE = "specific.avro.value.type";
    public static final String KEY_TYPE = "specific.avro.key.type";
    public static final String SERIALIZER_CLASS = "avro.serializer.class";
    public static final String SERDE_CLASS = "avro.serde.class";

    private static final String MOCK = "mock://";

    AvroConfig(Map<String, ?> settings) {
        super(definition(), settings, false);
    }

    /** Returns all keys with their defaults and meanings. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        REGISTRY_URL,
                        Type.LIST,
                        List.of(),
                        ConfigDef.ValidList.anyNonDuplicateValues(true, false),
                        Importance.HIGH,
                        "Registry addresses, tried in turn; a path is kept; mock://name is an in-memory registry.")
                .define(
                        REGISTRY_MAX_WAIT_MS,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long one call waits for a registry that is down before it fails.")
                .define(
                        REGISTRY_REQUEST_TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How long one request may take before the next address is tried.")
                .define(
                        AUTO_REGISTER_SCHEMAS,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether a serializer registers a schema that it meets first; false only looks it up.")
                .define(
                        VALUE_TYPE,
                        Type.CLASS,
                        null,
                        Importance.MEDIUM,
                        "The only class a value deserializer accepts; without it every contract of this module.")
                .define(KEY_TYPE, Type.CLASS, null, Importance.LOW, "The same for a key deserializer.")
                .define(
                        SERIALIZER_CLASS,
                        Type.CLASS,
                        AvroSerializer.class,
                        Importance.LOW,
                        "The serializer that AvroSerdes makes.")
                .define(SERDE_CLASS, Type.CLASS, AvroSerde.class, Importance.LOW, "The serde that AvroSerdes makes.");
    }

    boolean autoRegisterSchemas() {
        return getBoolean(AUTO_REGISTER_SCHEMAS);
    }

    /** Returns the one class a deserializer accepts, or null for every contract. */
    Class<? extends SpecificRecord> type(boolean isKey) {
        String key = isKey ? KEY_TYPE : VALUE_TYPE;
        Class<?> type = getClass(key);
        if (type != null && !SpecificRecord.class.isAssignableFrom(type)) {
            throw new ConfigException(key, type.getName(), "must be a class that Avro generated");
        }
        return type == null ? null : type.asSubclass(SpecificRecord.class);
    }

    /** Whether the client was handed over, and so is closed by whoever made it. */
    boolean sharesClient() {
        return originals().get(REGISTRY_CLIENT) != null;
    }

    /** Returns the client that was handed over, or a new one. */
    RegistryClient registryClient() {
        Object shared = originals().get(REGISTRY_CLIENT);
        if (shared instanceof RegistryClient client) {
            return client;
        }
        if (shared != null) {
            throw new ConfigException(REGISTRY_CLIENT, shared, "must be a RegistryClient");
        }
        List<String> urls = registryUrls();
        if (urls.get(0).startsWith(MOCK)) {
            return InMemoryRegistryClient.named(urls.get(0).substring(MOCK.length()));
        }
        return new HttpRegistryClient(
                urls.stream().map(AvroConfig::uri).toList(),
                Duration.ofMillis(getLong(REGISTRY_MAX_WAIT_MS)),
                Duration.ofMillis(getLong(REGISTRY_REQUEST_TIMEOUT_MS)));
    }

    /** Throws if no registry is named, or not by an address. */
    void check() {
        List<String> urls = registryUrls();
        if (!urls.get(0).startsWith(MOCK)) {
            urls.forEach(AvroConfig::uri);
        }
    }

    private List<String> registryUrls() {
        List<String> urls = getList(REGISTRY_URL);
        if (urls.isEmpty()) {
            throw new ConfigException("'" + REGISTRY_URL + "' is missing, must name a Schema Registry, such as"
                    + " http://localhost:8081, or mock://name in tests");
        }
        return urls;
    }

    private static URI uri(String url) {
        try {
            URI uri = URI.create(url);
            if (List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        throw new ConfigException(REGISTRY_URL, url, "must be an http or https address, or mock://name");
    }
}
