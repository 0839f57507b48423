package io.foundling.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs programs: those that are installed on this machine, and those of Java that are on the class path. */
final class Programs {

    private Programs() {}

    static boolean isInstalled(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /** Returns the command line that runs a class in place of the program that a line begins with. */
    static List<String> java(String mainClass, String line) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        List<String> words = List.of(line.split(" +"));
        command.addAll(words.subList(1, words.size()));
        return command;
    }

    /** Returns the exit code and, below it, what was printed. */
    static String run(Path directory, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FOUNDLING_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream printed = process.getInputStream()) {
            String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + "\n" + output;
        }
    }
}
