package io.foundling.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The checked settings of a recorder. */
record RecorderSettings(
        String bootstrapServers,
        String registryUrl,
        String topic,
        String service,
        String instance,
        String version,
        Duration closeTimeout,
        Map<String, String> kafka) {

    private static final String PREFIX = "audit.";

    RecorderSettings {
        kafka = Map.copyOf(kafka);
    }

    /** Reads {@code AUDIT_…} variables; what else the environment holds is none of ours. */
    static RecorderSettings fromEnvironment(Map<String, String> environment) {
        Map<String, String> properties = new TreeMap<>();
        for (RecorderSetting setting : RecorderSetting.values()) {
            if (environment.containsKey(setting.variable())) {
                properties.put(setting.key(), environment.get(setting.variable()));
            }
        }
        String kafkaVariables = variable(RecorderSetting.KAFKA_PREFIX);
        environment.forEach((name, value) -> {
            if (name.startsWith(kafkaVariables)) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return fromProperties(properties);
    }

    /**
     * Reads {@code audit.…} keys and ignores others.
     *
     * @throws IllegalArgumentException if something is wrong; the message lists everything that is
     */
    static RecorderSettings fromProperties(Map<String, String> properties) {
        List<String> problems = new ArrayList<>();
        Map<RecorderSetting, String> values = new HashMap<>();
        for (RecorderSetting setting : RecorderSetting.values()) {
            String value = properties.getOrDefault(setting.key(), "").strip();
            if (value.isEmpty() && setting.required()) {
                problems.add(setting.key() + " (" + setting.variable() + ") is missing");
            }
            values.put(setting, value.isEmpty() ? standard(setting) : value);
        }
        long closeMs = closeMs(values.get(RecorderSetting.CLOSE_TIMEOUT_MS), problems);
        unknownKeys(properties, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("audit recorder: " + String.join("; ", problems));
        }
        return new RecorderSettings(
                values.get(RecorderSetting.BOOTSTRAP_SERVERS),
                values.get(RecorderSetting.SCHEMA_REGISTRY_URL),
                values.get(RecorderSetting.TOPIC),
                values.get(RecorderSetting.SERVICE),
                values.get(RecorderSetting.INSTANCE),
                values.get(RecorderSetting.VERSION),
                Duration.ofMillis(closeMs),
                kafka(properties));
    }

    private static String standard(RecorderSetting setting) {
        return setting == RecorderSetting.INSTANCE ? hostName() : setting.standard();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }

    private static long closeMs(String value, List<String> problems) {
        try {
            long parsed = Long.parseLong(value);
            if (parsed >= 0) {
                return parsed;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        problems.add(RecorderSetting.CLOSE_TIMEOUT_MS.key() + " is '" + value + "', must be milliseconds, 0 or more");
        return 0;
    }

    private static void unknownKeys(Map<String, String> properties, List<String> problems) {
        for (String key : new TreeMap<>(properties).keySet()) {
            boolean known = !key.startsWith(PREFIX)
                    || key.startsWith(RecorderSetting.KAFKA_PREFIX)
                    || Arrays.stream(RecorderSetting.values())
                            .anyMatch(setting -> setting.key().equals(key));
            if (!known) {
                problems.add(key + " is no setting of the recorder");
            }
        }
    }

    private static Map<String, String> kafka(Map<String, String> properties) {
        Map<String, String> kafka = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(RecorderSetting.KAFKA_PREFIX)) {
                kafka.put(key.substring(RecorderSetting.KAFKA_PREFIX.length()), value);
            }
        });
        return kafka;
    }

    private static String variable(String prefix) {
        return prefix.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
