package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;

/** A {@link SpoolingService} that reports until it is killed, and what it has printed until then. */
final class DoomedService implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String END = ".";

    /** A call that has returned. */
    record Printed(String subject, int number, long atMs) {}

    private final Process process;
    private final Thread reader = new Thread(this::readAll, "doomed-service-output");
    private final Queue<Printed> printed = new ConcurrentLinkedQueue<>();
    private final AtomicLong lines = new AtomicLong();

    DoomedService(Map<String, String> settings, int firstNumber, long paceMicros) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ExampleRun.javaCommand(
                        "target/test-classes",
                        SpoolingService.class,
                        Integer.toString(firstNumber),
                        Long.toString(paceMicros)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        ExampleRun.onlyThese(settings, builder.environment());
        process = builder.start();
        reader.start();
    }

    /** Kills the process with SIGKILL, and returns all that it had printed. */
    List<Printed> kill() throws InterruptedException {
        // Process.destroyForcibly() would close the pipe, with lines in it.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
        assertThat(process.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
        return List.copyOf(printed);
    }

    void awaitLines(long least) {
        awaiting().until(() -> lines.get() >= least || !process.isAlive());
        assertThat(process.isAlive()).as("alive until it is killed").isTrue();
    }

    void awaitMoreLines(long more) {
        awaitLines(lines.get() + more);
    }

    /** Waits until what it has printed by now is older than that. */
    void awaitAge(Duration age) {
        long beginMs = System.currentTimeMillis();
        awaiting().until(() -> System.currentTimeMillis() - beginMs > age.toMillis());
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    private static ConditionFactory awaiting() {
        return await().atMost(LIMIT).pollInterval(Duration.ofMillis(5));
    }

    private void readAll() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                read(line.split(" "));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(String[] words) {
        if (words.length == 4 && words[3].equals(END)) {
            printed.add(new Printed(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2])));
            lines.incrementAndGet();
        }
    }
}
