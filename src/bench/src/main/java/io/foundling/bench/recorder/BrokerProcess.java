package io.foundling.bench.recorder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a child JVM that can be frozen, killed and started again on the same port. Needs a POSIX shell.
 */
final class BrokerProcess implements AutoCloseable {

    private final Path directory;
    private final Duration delay;
    private final Thread hook = new Thread(this::kill, "bench-broker-kill");
    private Process process;
    private String bootstrapServers;

    private BrokerProcess(Path directory, Duration delay) {
        this.directory = directory;
        this.delay = delay;
    }

    /** Starts a broker; with a delay, every byte arrives that much later, in each direction. */
    static BrokerProcess start(Path directory, Duration delay) {
        BrokerProcess broker = new BrokerProcess(directory, delay);
        // A frozen process does not notice that its parent has ended.
        Runtime.getRuntime().addShutdownHook(broker.hook);
        broker.start();
        return broker;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Starts the process again after {@link #kill()}. */
    void start() {
        try {
            Files.createDirectories(directory);
            process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.appendTo(directory
                            .resolveSibling(directory.getFileName() + ".log")
                            .toFile()))
                    .start();
            String address = address();
            if (bootstrapServers != null && !address.equals(bootstrapServers)) {
                throw new IOException("its clients know it as " + bootstrapServers + ", now it is " + address);
            }
            bootstrapServers = address;
        } catch (IOException e) {
            throw new UncheckedIOException("The broker does not start", e);
        }
    }

    /** Freezes the process: it answers nothing, but connections stay open. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    /** Kills the process: connections break, and new ones are refused. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                directory.toString(),
                Long.toString(delay.toMillis()));
    }

    @SuppressWarnings("resource") // The pipe lives as long as the process.
    private String address() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(BrokerMain.PREFIX)) {
                return line.substring(BrokerMain.PREFIX.length());
            }
        }
        throw new IOException("it ended at once, see the log beside " + directory);
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("The broker could not be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
