package io.foundling.service.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Silences the log of commands whose output has all that a user needs, unless FOUNDLING_LOG_LEVEL is set. */
final class QuietLog {

    private static final String LEVEL = "FOUNDLING_LOG_LEVEL";

    private QuietLog() {}

    static void unlessAsked(Map<String, String> environment) {
        if (!environment.containsKey(LEVEL) && LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.getLoggerList().stream()
                    .filter(logger -> logger.getLevel() != null)
                    .forEach(logger -> logger.setLevel(Level.OFF));
        }
    }
}
