package io.foundling.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An example that has run as a process of its own, with what it printed. */
record ExampleRun(int exitCode, List<String> output, List<String> errors) {

    static final String PYTHON = "/usr/bin/python3";
    static final Path LIBRARIES = Path.of("target/lib");

    private static final long LIMIT_SECONDS = 120;

    /** Runs a class of the examples with exactly their runtime class path. */
    static ExampleRun java(Class<?> example, Map<String, String> settings, String... arguments) {
        return run(javaCommand("target/classes", example, arguments), settings);
    }

    /** Runs a class of the tests with exactly the libraries of the examples. */
    static ExampleRun javaOfTests(Class<?> main, Map<String, String> settings, String... arguments) {
        return run(javaCommand("target/test-classes", main, arguments), settings);
    }

    /** Runs Debian's Python, whatever other one comes first on the path, without a trace in the sources. */
    static ExampleRun python(Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-E", "-B"));
        command.addAll(List.of(arguments));
        return run(command, settings);
    }

    static List<String> javaCommand(String classes, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // Otherwise it says that nobody has brought a logger, which is for the service to do.
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.addAll(List.of("-cp", classes + ":" + LIBRARIES + "/*", main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Sees to it that the variables of the machine have no say in what a recorder does. */
    static void onlyThese(Map<String, String> settings, Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("AUDIT_"));
        environment.putAll(settings);
    }

    private static ExampleRun run(List<String> command, Map<String, String> settings) {
        try {
            Path output = Files.createTempFile("foundling-example-", ".out");
            Path errors = Files.createTempFile("foundling-example-", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            onlyThese(settings, builder.environment());
            int exitCode = exitCode(builder.start());
            return new ExampleRun(exitCode, linesOnce(output), linesOnce(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int exitCode(Process process) {
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError("still running after " + LIMIT_SECONDS + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a process was awaited", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Latin-1 because nobody knows the locale of the machine, and every byte is a character of it. */
    private static List<String> linesOnce(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        Files.delete(file);
        return lines;
    }
}
