package io.foundling.client.springboot;

import io.foundling.client.RecorderSetting;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The {@code audit.…} settings in the environment of an application: files, variables, command line. The recorder
 * reserves this prefix: it refuses to start with other names that begin so. The service is called as the application
 * unless {@code audit.service} says otherwise. One thread.
 */
record AuditEnvironment(ConfigurableEnvironment environment) {

    private static final String PREFIX = "audit.";
    private static final String APPLICATION = "spring.application.name";

    Properties settings() {
        Properties settings = new Properties();
        put(settings, RecorderSetting.SERVICE.key(), environment.getProperty(APPLICATION));
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> names
                    && !(source instanceof SystemEnvironmentPropertySource)) {
                addNames(settings, names);
            }
        }
        for (RecorderSetting setting : RecorderSetting.values()) {
            put(settings, setting.key(), environment.getProperty(setting.key()));
        }
        kafka().forEach((key, value) -> put(settings, RecorderSetting.KAFKA_PREFIX + key, value));
        return settings;
    }

    /** Adds what is written for this recorder, so that it reports a misspelt setting instead of ignoring it. */
    private void addNames(Properties settings, EnumerablePropertySource<?> source) {
        for (String name : source.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                put(settings, name, environment.getProperty(name));
            }
        }
    }

    /** Also those that only variables have: {@code AUDIT_KAFKA_LINGER_MS}. */
    private Map<String, String> kafka() {
        String prefix = RecorderSetting.KAFKA_PREFIX;
        return Binder.get(environment)
                .bind(prefix.substring(0, prefix.length() - 1), Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
    }

    private static void put(Properties settings, String key, String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
