package io.foundling.schemas;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/**
 * Refuses by name the settings that Confluent's serdes follow and ours cannot, and those of ours that are misspelt.
 * Without this, both would change nothing, silently.
 */
final class RefusedSettings {

    private static final String CONFLUENT =
            "use Confluent's serdes for it, see " + AvroConfig.SERDE_CLASS + " and " + AvroConfig.SERIALIZER_CLASS;
    private static final String WAIT = "see " + AvroConfig.REGISTRY_MAX_WAIT_MS;
    private static final String TIMEOUT = "see " + AvroConfig.REGISTRY_REQUEST_TIMEOUT_MS;

    /** All settings below these belong to a registry's client. */
    private static final List<String> OWN_PREFIXES = List.of(AvroConfig.REGISTRY_PREFIX, "basic.auth.", "bearer.auth.");

    private static final List<String> FOREIGN_PREFIXES = List.of("proxy.", "request.header.", "rule.");

    /** With the value that changes nothing, which is Confluent's default or what ours do anyway, and advice. */
    private static final Map<String, Refusal> FOREIGN = Map.ofEntries(
            Map.entry("use.latest.with.metadata", new Refusal("", CONFLUENT)),
            Map.entry("use.schema.id", new Refusal("-1", CONFLUENT)),
            Map.entry("schema.format", new Refusal("", CONFLUENT)),
            Map.entry("schema.reflection", new Refusal("false", CONFLUENT)),
            Map.entry("propagate.schema.tags", new Refusal("false", CONFLUENT)),
            Map.entry("avro.use.logical.type.converters", new Refusal("false", CONFLUENT)),
            Map.entry("avro.reflection.allow.null", new Refusal("false", CONFLUENT)),
            Map.entry("specific.avro.reader", new Refusal("true", "ours read generated classes only")),
            Map.entry("context.name.strategy", new Refusal("NullContextNameStrategy", CONFLUENT)),
            Map.entry("key.schema.id.serializer", new Refusal("PrefixSchemaIdSerializer", CONFLUENT)),
            Map.entry("value.schema.id.serializer", new Refusal("PrefixSchemaIdSerializer", CONFLUENT)),
            Map.entry("key.schema.id.deserializer", new Refusal("DualSchemaIdDeserializer", CONFLUENT)),
            Map.entry("value.schema.id.deserializer", new Refusal("DualSchemaIdDeserializer", CONFLUENT)),
            Map.entry("http.connect.timeout.ms", new Refusal("", TIMEOUT)),
            Map.entry("http.read.timeout.ms", new Refusal("", TIMEOUT)),
            Map.entry("max.retries", new Refusal("", WAIT)),
            Map.entry("retries.wait.ms", new Refusal("", WAIT)),
            Map.entry("retries.max.wait.ms", new Refusal("", WAIT)));

    private static final Set<String> KNOWN =
            Set.copyOf(AvroConfig.definition().configKeys().keySet());
    private static final int TOLERATED_EDITS = 2;

    private RefusedSettings() {}

    /** @throws ConfigException if there is such a setting */
    static void check(Map<String, ?> settings) {
        settings.forEach((key, value) -> {
            if (!KNOWN.contains(key) && !key.equals(AvroConfig.REGISTRY_CLIENT)) {
                check(key, String.valueOf(value));
            }
        });
    }

    private static void check(String key, String value) {
        String bare =
                key.startsWith(AvroConfig.REGISTRY_PREFIX) ? key.substring(AvroConfig.REGISTRY_PREFIX.length()) : key;
        Refusal refusal = FOREIGN.get(bare);
        if (refusal != null) {
            if (!refusal.changesNothing(value)) {
                throw new ConfigException(
                        "'" + key + "' is set, which this client cannot follow; remove it, or " + refusal.advice());
            }
        } else if (FOREIGN_PREFIXES.stream().anyMatch(bare::startsWith)) {
            throw new ConfigException(
                    "'" + key + "' is set, which this client cannot follow; remove it, or " + CONFLUENT);
        } else {
            Optional<String> meant = meant(key, KNOWN);
            if (meant.isPresent() || OWN_PREFIXES.stream().anyMatch(key::startsWith)) {
                throw new ConfigException("'" + key + "' is unknown"
                        + meant.map(known -> "; did you mean '" + known + "'?").orElse("; remove it, or " + CONFLUENT));
            }
        }
    }

    /** Returns the known key from which a misspelt one differs in a letter or two, or in its separators. */
    static Optional<String> meant(String key, Collection<String> known) {
        return known.stream()
                .filter(each -> Spelling.edits(key, each) <= TOLERATED_EDITS)
                .min(Comparator.comparingInt(each -> Spelling.edits(key, each)));
    }

    private record Refusal(String harmless, String advice) {

        /** A class may be given with its package. */
        boolean changesNothing(String value) {
            String last = value.strip().substring(value.strip().lastIndexOf('.') + 1);
            return !harmless.isEmpty() && last.equalsIgnoreCase(harmless);
        }
    }
}
