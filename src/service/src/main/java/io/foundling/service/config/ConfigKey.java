package io.foundling.service.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration file.
 *
 * @param path the key with its sections, such as {@code retention.completed}; {@code kafka.*} for any key of that
 *     section, {@code policies[].name} for that key of every list item
 * @param defaultText the default as it would be written in the file; none: the key is required or stays unset
 */
public record ConfigKey<T>(
        String path, ValueType<T> type, Optional<String> defaultText, boolean isRequired, String description) {

    static final String ENVIRONMENT_PREFIX = "FOUNDLING_";
    static final String ANY = ".*";
    static final String ITEM = "[].";

    /**
     * Returns the default.
     *
     * @throws IllegalStateException if there is none, or its text is not valid
     */
    T defaultValue() {
        return defaultText
                .flatMap(type.parser())
                .orElseThrow(() -> new IllegalStateException(path + " has no valid default"));
    }

    /** Returns the environment variable that overrides this key; list items have none. */
    public Optional<String> environmentVariable() {
        return isItem() ? Optional.empty() : Optional.of(environmentVariable(path));
    }

    /** Returns {@code FOUNDLING_RETENTION_COMPLETED} for {@code retention.completed}. */
    static String environmentVariable(String path) {
        String snake = path.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
        return ENVIRONMENT_PREFIX + snake.toUpperCase(Locale.ROOT);
    }

    boolean isItem() {
        return path.contains(ITEM);
    }

    boolean isOpen() {
        return path.endsWith(ANY);
    }
}
