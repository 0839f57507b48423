package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.topics.Broker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What Kafka's clients and ours log of the settings passed through to them, with every logger at its lowest level. */
final class LoggedSecretsTest {

    private static final String YAML = """
            kafka:
              bootstrap.servers: 127.0.0.1:1
              security.protocol: SASL_SSL
              sasl.mechanism: PLAIN
              sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="sesame";
              ssl.truststore.password: sesame
              ssl.key.password: sesame
              consumer.ssl.keystore.password: sesame
            avro:
              schema.registry.url: https://ann:sesame@127.0.0.1:1
              schema.registry.ssl.keystore.key: sesame
            """;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Map<Logger, Level> before = new HashMap<>();
    private final Map<Logger, List<Appender<ILoggingEvent>>> printers = new HashMap<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

    @BeforeEach
    void listen() {
        List<Logger> levelled = loggers.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .toList();
        for (Logger logger : levelled) {
            before.put(logger, logger.getLevel());
            List<Appender<ILoggingEvent>> printing = new ArrayList<>();
            logger.iteratorForAppenders().forEachRemaining(printing::add);
            printers.put(logger, printing);
            printing.forEach(logger::detachAppender);
            logger.setLevel(Level.TRACE);
            logger.addAppender(log);
        }
        log.start();
    }

    @AfterEach
    void stopListening() {
        before.forEach((logger, level) -> {
            logger.detachAppender(log);
            logger.setLevel(level);
            printers.get(logger).forEach(logger::addAppender);
        });
    }

    @Test
    void shouldHoldNoSecretWhenClientsAreMadeOfTheSettings() {
        // Given
        ServiceConfig config = new ConfigReader(Map.of()).read("test.yaml", YAML);
        Map<String, Object> streams = new HashMap<>(config.kafka().values());
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");

        // When
        List<Throwable> failures = List.of(
                catchThrowable(() -> Broker.connect(config.kafka().values(), Duration.ofSeconds(1))),
                catchThrowable(() -> AvroSerdes.registryClient(config.avro().values())));
        StreamsConfig made = new StreamsConfig(streams);

        // Then
        String said = log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"))
                + failures.stream().map(LoggedSecretsTest::stack).collect(Collectors.joining())
                + made
                + config;
        assertThat(said)
                .contains("values:", "sasl.jaas.config = [hidden]", "trust store password is specified")
                .doesNotContain("sesame");
    }

    private static String stack(Throwable failure) {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }
}
