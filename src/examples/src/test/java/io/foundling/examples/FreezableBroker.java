package io.foundling.examples;

import io.foundling.local.LocalBrokerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A broker in a process of its own that can be frozen: connections stay open, but it does not answer. */
final class FreezableBroker implements AutoCloseable {

    private static final String PREFIX = "bootstrap.servers=";

    /** Goes on at the end of its input also if this process is killed; the broker then notices the end of its own. */
    private static final String FREEZE = "kill -STOP $0 && echo frozen && read end; kill -CONT $0";

    private final Process process;
    private final String bootstrapServers;
    private Optional<Process> freezer = Optional.empty();

    FreezableBroker(Path directory) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalBrokerMain.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        bootstrapServers = awaitWord(process, PREFIX).substring(PREFIX.length());
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    void freeze() {
        try {
            Process started = new ProcessBuilder("sh", "-c", FREEZE, Long.toString(process.pid())).start();
            freezer = Optional.of(started);
            awaitWord(started, "frozen");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void thaw() {
        freezer.ifPresent(FreezableBroker::endOfInput);
        freezer = Optional.empty();
    }

    @Override
    public void close() {
        thaw();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void endOfInput(Process frozen) {
        try {
            frozen.getOutputStream().close();
            frozen.onExit().join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @SuppressWarnings("resource") // The pipe lives as long as the process.
    private static String awaitWord(Process started, String prefix) throws IOException {
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line;
            }
        }
        throw new IOException(started + " ended without having printed " + prefix);
    }
}
