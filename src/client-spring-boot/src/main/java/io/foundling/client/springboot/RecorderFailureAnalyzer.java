package io.foundling.client.springboot;

import io.foundling.client.RecorderSetting;
import java.io.UncheckedIOException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Explains why an application does not start because of its {@code audit.…} settings or its spool directory, one line for
 * each problem, so that Spring Boot prints this instead of a stack trace. Any other failure is left to others.
 */
final class RecorderFailureAnalyzer implements FailureAnalyzer {

    private static final String BEGINNING = "audit recorder: ";

    private static final String SPOOL =
            "Name a directory for the spool that this process can create and write, and that no other recorder uses.";

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            boolean isOurs = cause instanceof IllegalArgumentException || cause instanceof UncheckedIOException;
            if (isOurs && message != null && message.startsWith(BEGINNING)) {
                String problems = message.substring(BEGINNING.length());
                String description = "The audit recorder cannot start:\n\n    " + problems.replace("; ", "\n    ");
                boolean isSpool = cause instanceof UncheckedIOException;
                return new FailureAnalysis(description, isSpool ? SPOOL : action(problems), cause);
            }
        }
        return null;
    }

    private static String action(String problems) {
        String service = RecorderSetting.SERVICE.key() + " (" + RecorderSetting.SERVICE.variable() + ") is missing";
        return (problems.contains(service)
                        ? "Set spring.application.name; audit.service has its value by default. "
                        : "")
                + "Correct each of these properties, or the environment variable that sets it;"
                + " the README of foundling-client lists all settings.";
    }
}
