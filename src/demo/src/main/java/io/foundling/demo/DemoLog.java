package io.foundling.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What the service may log beside what the demo prints. The environment overrides it by asking for a level. */
final class DemoLog {

    private static final String LEVEL = "FOUNDLING_LOG_LEVEL";
    private static final String SERVICE = "io.foundling";
    /** What reads the foul input, which the demo shows itself. */
    private static final List<String> READERS = List.of("io.foundling.topology", "io.foundling.console.model.reading");

    private final Map<String, String> environment;

    DemoLog(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Shows warnings of the service, and nothing of the broker in this process, which complains of what its clients then
     * try again. Records that are set aside or passed over are not logged: the demo shows them itself.
     */
    void warningsOnly() {
        set(Level.WARN, Level.ERROR);
    }

    void nothing() {
        set(Level.OFF, Level.OFF);
    }

    private void set(Level service, Level readers) {
        if (!environment.containsKey(LEVEL) && LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.getLogger(SERVICE).setLevel(service);
            READERS.forEach(reader -> log.getLogger(reader).setLevel(readers));
        }
    }
}
