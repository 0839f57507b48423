package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

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
        assertThat(context.getLogger("ROOT").getAppender("stderr"))
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        appender -> assertThat(appender.getTarget()).isEqualTo("System.err"));
    }
}
