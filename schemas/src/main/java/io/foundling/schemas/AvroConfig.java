package io.foundling.schemas;

import io.foundling.schemas.registry.HttpRegistryClient;
import io.foundling.schemas.registry.HttpRegistrySettings;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.schemas.registry.RegistryAddress;
import io.foundling.schemas.registry.RegistryClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * The configuration of the serdes. A key that Confluent's serdes have too has the same name and meaning, or is refused
 * by name, see {@link RefusedSettings}. Keys of others, such as Kafka's clients, are ignored.
 */
public final class AvroConfig extends AbstractConfig {

    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String REGISTRY_CLIENT = "schema.registry.client";
    public static final String REGISTRY_MAX_WAIT_MS = "schema.registry.max.wait.ms";
    public static final String REGISTRY_REQUEST_TIMEOUT_MS = "schema.registry.request.timeout.ms";
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    public static final String USE_LATEST_VERSION = "use.latest.version";
    public static final String LATEST_COMPATIBILITY_STRICT = "latest.compatibility.strict";
    public static final String NORMALIZE_SCHEMAS = "normalize.schemas";
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";
    public static final String BASIC_AUTH_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
    public static final String BEARER_AUTH_SOURCE = "bearer.auth.credentials.source";
    public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";

    /** Kafka's own {@code ssl.*} keys with this prefix are for the registry. */
    public static final String REGISTRY_PREFIX = "schema.registry.";

    public static final String VALUE_TYPE = "specific.avro.value.type";
    public static final String KEY_TYPE = "specific.avro.key.type";
    public static final String SERIALIZER_CLASS = "avro.serializer.class";
    public static final String SERDE_CLASS = "avro.serde.class";

    private static final String MOCK = "mock://";

    /** Written here, because Kafka's own validator came with 4.2 and services that link the client may have 3.6. */
    private static final ConfigDef.Validator EACH_ONCE = ConfigDef.LambdaValidator.with(
            (key, value) -> {
                if (!(value instanceof List<?> entries) || Set.copyOf(entries).size() < entries.size()) {
                    throw new ConfigException(key, value, "must be a list that has each entry once");
                }
            },
            () -> "each entry once");

    AvroConfig(Map<String, ?> settings) {
        super(definition(), settings, false);
        // Every serde is configured by one, and Confluent's, too, look for our classes.
        GeneratedClasses.trust();
    }

    /** Returns all keys with their defaults and meanings; those of TLS have Kafka's descriptions. */
    public static ConfigDef definition() {
        ConfigDef keys = ownKeys();
        defineWithAlias(
                keys,
                BASIC_AUTH_SOURCE,
                Type.STRING,
                RegistryCredentials.URL,
                "Where user and password for the registry are: URL, USER_INFO or SASL_INHERIT.");
        defineWithAlias(keys, BASIC_AUTH_USER_INFO, Type.PASSWORD, null, "user:password, for USER_INFO.");
        defineWithAlias(
                keys, BEARER_AUTH_SOURCE, Type.STRING, null, "STATIC_TOKEN; this client supports no other source.");
        defineWithAlias(keys, BEARER_AUTH_TOKEN, Type.PASSWORD, null, "The token, for STATIC_TOKEN.");
        keys.embed(REGISTRY_PREFIX, "TLS", 0, new ConfigDef().withClientSslSupport());
        return keys;
    }

    /** Confluent's client accepts these keys with the prefix of the registry too. */
    private static void defineWithAlias(ConfigDef keys, String key, Type type, Object standard, String meaning) {
        keys.define(key, type, standard, Importance.MEDIUM, meaning)
                .define(REGISTRY_PREFIX + key, type, null, Importance.LOW, "Another name of " + key + '.');
    }

    private static ConfigDef ownKeys() {
        return new ConfigDef()
                .define(
                        REGISTRY_URL,
                        Type.LIST,
                        List.of(),
                        EACH_ONCE,
                        Importance.HIGH,
                        "Registry addresses, tried in turn; a path is kept; mock://name is an in-memory registry.")
                .define(
                        REGISTRY_MAX_WAIT_MS,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long one call waits for a registry that does not answer before it fails.")
                .define(
                        REGISTRY_REQUEST_TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How long one request and its whole answer may take before the next address is tried. An answer has at"
                                + " most 8 MiB.")
                .define(
                        AUTO_REGISTER_SCHEMAS,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "true: a serializer registers a schema before its first use; false: it only looks the schema up.")
                .define(
                        USE_LATEST_VERSION,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether a serializer writes with the newest schema of the subject; needs auto.register.schemas false.")
                .define(
                        LATEST_COMPATIBILITY_STRICT,
                        Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "With use.latest.version: whether the newest schema must be able to read the serializer's own records.")
                .define(
                        NORMALIZE_SCHEMAS,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether the registry is asked to normalise schemas before it compares them.")
                .define(
                        VALUE_SUBJECT_NAME_STRATEGY,
                        Type.STRING,
                        SubjectNameStrategy.TOPIC.simpleName(),
                        Importance.LOW,
                        "How a value's subject is named: TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy.")
                .define(
                        KEY_SUBJECT_NAME_STRATEGY,
                        Type.STRING,
                        SubjectNameStrategy.TOPIC.simpleName(),
                        Importance.LOW,
                        "How a key's subject is named: TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy.")
                .define(
                        VALUE_TYPE,
                        Type.CLASS,
                        null,
                        Importance.MEDIUM,
                        "The only class that a value deserializer accepts; without it, every contract of this module.")
                .define(
                        KEY_TYPE,
                        Type.CLASS,
                        null,
                        Importance.LOW,
                        "The only class that a key deserializer accepts; without it, every contract of this module.")
                .define(
                        SERIALIZER_CLASS,
                        Type.CLASS,
                        AvroSerializer.class,
                        Importance.LOW,
                        "The class of the serializers that AvroSerdes makes.")
                .define(
                        SERDE_CLASS,
                        Type.CLASS,
                        AvroSerde.class,
                        Importance.LOW,
                        "The class of the serdes that AvroSerdes makes.");
    }

    boolean autoRegisterSchemas() {
        return getBoolean(AUTO_REGISTER_SCHEMAS);
    }

    boolean useLatestVersion() {
        if (getBoolean(USE_LATEST_VERSION) && autoRegisterSchemas()) {
            throw new ConfigException("'" + USE_LATEST_VERSION + "' is true and '" + AUTO_REGISTER_SCHEMAS
                    + "' is too, expected only one of them; set " + AUTO_REGISTER_SCHEMAS + " to false");
        }
        return getBoolean(USE_LATEST_VERSION);
    }

    SubjectNameStrategy subjectNameStrategy(boolean isKey) {
        String key = isKey ? KEY_SUBJECT_NAME_STRATEGY : VALUE_SUBJECT_NAME_STRATEGY;
        return SubjectNameStrategy.of(key, getString(key));
    }

    /** Returns the only class that a deserializer accepts; null if it accepts every contract. */
    Class<? extends SpecificRecord> type(boolean isKey) {
        String key = isKey ? KEY_TYPE : VALUE_TYPE;
        Class<?> type = getClass(key);
        if (type != null && !SpecificRecord.class.isAssignableFrom(type)) {
            throw new ConfigException(key, type.getName(), "must be a class that Avro generated");
        }
        return type == null ? null : type.asSubclass(SpecificRecord.class);
    }

    /** Whether the client was passed in the configuration, so that its owner closes it. */
    boolean sharesClient() {
        return originals().get(REGISTRY_CLIENT) != null;
    }

    /** Returns the client of the configuration, or a new one. */
    RegistryClient registryClient() {
        Object shared = originals().get(REGISTRY_CLIENT);
        if (shared instanceof RegistryClient client) {
            return client;
        }
        if (shared != null) {
            throw new ConfigException(REGISTRY_CLIENT, shared, "must be a RegistryClient");
        }
        check();
        List<String> urls = registryUrls();
        if (isMock(urls)) {
            return InMemoryRegistryClient.named(urls.get(0).substring(MOCK.length()));
        }
        return new HttpRegistryClient(new HttpRegistrySettings(
                addresses(urls),
                TlsSettings.of(this),
                getBoolean(NORMALIZE_SCHEMAS),
                Duration.ofMillis(getLong(REGISTRY_MAX_WAIT_MS)),
                Duration.ofMillis(getLong(REGISTRY_REQUEST_TIMEOUT_MS))));
    }

    /** Throws if the address of the registry is missing or wrong, or if this client does not support a setting. */
    void check() {
        List<String> urls = registryUrls();
        if (!isMock(urls)) {
            addresses(urls);
        }
        TlsSettings.of(this);
        if (getClass(SERDE_CLASS) == AvroSerde.class && getClass(SERIALIZER_CLASS) == AvroSerializer.class) {
            refuseUnknown();
        }
        useLatestVersion();
        subjectNameStrategy(true);
        subjectNameStrategy(false);
    }

    /** Throws if our serdes cannot follow a setting. */
    void refuseUnknown() {
        RefusedSettings.check(originals());
    }

    private List<String> registryUrls() {
        List<String> urls = getList(REGISTRY_URL);
        if (urls.isEmpty()) {
            throw new ConfigException("'" + REGISTRY_URL + "' is missing, must name a Schema Registry, such as"
                    + " http://localhost:8081, or mock://name in tests");
        }
        return urls;
    }

    private static boolean isMock(List<String> urls) {
        return urls.get(0).startsWith(MOCK);
    }

    private List<RegistryAddress> addresses(List<String> urls) {
        RegistryCredentials credentials = RegistryCredentials.of(this);
        return urls.stream().map(url -> credentials.address(uri(url, urls))).toList();
    }

    private static URI uri(String url, List<String> urls) {
        try {
            URI uri = URI.create(url);
            if (List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // The exception below reports it.
        }
        // A comma in a password splits an address into two entries, so each entry may contain a part of the password.
        boolean mayHoldPassword = urls.stream().anyMatch(each -> each.contains("@"));
        throw new ConfigException("'" + REGISTRY_URL + "' has " + (mayHoldPassword ? "an entry (hidden)" : url)
                + ", which must be an http or https address, or mock://name"
                + (mayHoldPassword ? "; in a password, write each character that is no letter or digit as %XX" : ""));
    }
}
