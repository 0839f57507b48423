package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

final class LoggingTest {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @ParameterizedTest
    @CsvSource({
        "io.foundling.service, INFO",
        "org.apache.kafka.streams.processor.internals.StreamThread, WARN",
        "org.apache.kafka.streams.KafkaStreams, OFF",
        "org.apache.kafka.clients.NetworkClient, ERROR",
        "org.apache.kafka.controller.QuorumController, ERROR",
        "kafka.server.KafkaRaftServer, ERROR",
        "anything.else, WARN",
    })
    void shouldLogFromThisLevelOn(String logger, String level) {
        assertThat(context.getLogger(logger).getEffectiveLevel()).isEqualTo(Level.valueOf(level));
    }

    @Test
    void shouldLeaveStandardOutputToTheCommands() {
        assertThat(context.getLogger("ROOT").getAppender("text"))
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        appender -> assertThat(appender.getTarget()).isEqualTo("System.err"));
    }

    @ParameterizedTest
    @CsvSource({"ROOT, json", "org.apache.kafka, json-without-stacks"})
    void shouldWriteOneJsonObjectALineWhenAskedTo(String logger, String appender) throws Exception {
        // Given
        LoggerContext json = new LoggerContext();
        json.putProperty("FOUNDLING_LOG_FORMAT", "json");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(json);
        configurator.doConfigure(getClass().getResource("/logback.xml"));
        LoggingEvent event = new LoggingEvent(
                "", json.getLogger(logger), Level.WARN, "a \"{}\"\nand more", new IOException("b\nc"), new Object[] {
                    "4711"
                });
        event.setMDCPropertyMap(Map.of());
        event.setKeyValuePairs(List.of(new KeyValuePair("topic", "audit\"events")));

        // When
        @SuppressWarnings("unchecked")
        ConsoleAppender<ILoggingEvent> written =
                (ConsoleAppender<ILoggingEvent>) json.getLogger(logger).getAppender(appender);
        String line = new String(written.getEncoder().encode(event), StandardCharsets.UTF_8);

        // Then
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.at("/level").textValue()).isEqualTo("WARN");
        assertThat(read.at("/formattedMessage").textValue()).isEqualTo("a \"4711\"\nand more");
        assertThat(read.at("/kvpList/0/topic").textValue()).isEqualTo("audit\"events");
        assertThat(read.at("/throwable/stepArray").isArray()).isEqualTo(appender.equals("json"));
        assertThat(written.getTarget()).isEqualTo("System.err");
    }
}
