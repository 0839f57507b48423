package io.foundling.service.policies;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.metrics.PolicyMetrics;
import io.foundling.topology.settings.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A configuration file of a test, which is watched, and what its watch says. */
abstract class WatchedFile {

    static final String REQUIRED = """
        kafka:
          bootstrap.servers: localhost:9092
        avro:
          schema.registry.url: http://localhost:8081
        """;

    static final String ONE_HOUR = REQUIRED + "policies:\n  - {name: all, window: 1h}\n";
    static final String TWO_HOURS = REQUIRED + "policies:\n  - {name: all, window: 2h}\n";
    static final String BAD = REQUIRED + "policies:\n  - {name: all, window: soon}\n";

    /** Whatever a file must say that has no policies. */
    static final Map<String, String> COMPLETE = Map.of(
            "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", "localhost:9092",
            "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", "http://localhost:8081");

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    Instant now = Instant.parse("2026-11-30T10:00:00Z");
    PolicyWatch watch;

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        logger().setLevel(null);
        if (watch != null) {
            watch.close();
        }
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(PolicyWatch.class);
    }

    Path file() {
        return directory.resolve("foundling.yaml");
    }

    void watch(String yaml) throws IOException {
        watch(yaml, Map.of());
    }

    void watch(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(file(), yaml);
        watch = new PolicyWatch(new ConfigReader(environment).open(file()), new PolicyMetrics(registry, () -> now));
    }

    void write(String yaml) throws IOException {
        Files.writeString(file(), yaml);
    }

    void lookTwice() {
        watch.look();
        watch.look();
    }

    Duration window() {
        Policy policy = watch.get().policies().get(0);
        return policy.window().orElseThrow();
    }

    List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    double reloads(String result) {
        return registry.get("foundling_policies_reloads_total")
                .tag("result", result)
                .counter()
                .count();
    }

    double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
