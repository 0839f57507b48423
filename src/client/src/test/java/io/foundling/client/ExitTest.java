package io.foundling.client;

import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends processes with SIGTERM while their main thread is closing the recorder. The JVM does not wait for that thread,
 * only for the shutdown hook.
 */
@Timeout(60)
class ExitTest {

    private static final int EVENTS = 1_000;
    private static final String CLOSING = "closing";
    private static final String WRITTEN = "written";
    private static final String LOST = "lost CLOSED ";

    @TempDir
    private Path directory;

    @Test
    void shouldSendEverythingWhenTheProcessIsToldToEndDuringTheClose() throws IOException, InterruptedException {
        // When
        List<String> printed = endDuringTheClose("BLOCK", "30000", "2");

        // Then
        assertThat(printed).filteredOn(WRITTEN::equals).hasSize(EVENTS);
        assertThat(printed).contains(LOST + 0);
    }

    @Test
    void shouldCountWhatItCannotSendWhenTheTimeOfTheExitIsOver() throws IOException, InterruptedException {
        // When
        List<String> printed = endDuringTheClose("BLOCK", "2000", "20");

        // Then
        long written = printed.stream().filter(WRITTEN::equals).count();
        assertThat(written).isBetween(1L, EVENTS - 1L);
        // The process may end between the acknowledgement of an event and its line.
        assertThat(printed).containsAnyOf(LOST + (EVENTS - written), LOST + (EVENTS - written - 1));
    }

    @Test
    void shouldLeaveTheRestInTheSpoolWhenTheTimeOfTheExitIsOver() throws IOException, InterruptedException {
        // When
        List<String> printed = endDuringTheClose("SPILL", "3000", "20");

        // Then
        long written = printed.stream().filter(WRITTEN::equals).count();
        assertThat(printed).contains(LOST + 0);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder next = new TestRecorder().withSpool(directory).over(producer);
        await().untilAsserted(() -> assertThat(producer.sent()).hasSizeGreaterThanOrEqualTo(EVENTS - (int) written));
        next.close(TestRecorder.LONG);
        assertThat(next.flush(Duration.ZERO)).isTrue();
    }

    /** Returns the lines that the process has printed. */
    private List<String> endDuringTheClose(String policy, String closeTimeoutMs, String pauseMs)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Service.class.getName(),
                        directory.toString(),
                        policy,
                        closeTimeoutMs,
                        pauseMs)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> printed = new ArrayList<>();
            String line = output.readLine();
            while (line != null && !line.equals(CLOSING)) {
                printed.add(line);
                line = output.readLine();
            }
            // Not Process.destroy, which also closes the output.
            process.toHandle().destroy();
            output.lines().forEach(printed::add);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Another process: records, then closes, which takes it a thousand pauses. */
    static final class Service {

        private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

        private Service() {}

        public static void main(String[] arguments) {
            TestRecorder described = new TestRecorder()
                    .withThread()
                    .with(RecorderSetting.QUEUE_FULL, arguments[1])
                    .with(RecorderSetting.CLOSE_TIMEOUT_MS, arguments[2])
                    .with(RecorderSetting.CLOSE_ON_EXIT, true);
            if (arguments[1].equals("SPILL")) {
                described.withSpool(Path.of(arguments[0]));
            }
            Duration pause = Duration.ofMillis(Long.parseLong(arguments[3]));
            AuditRecorder recorder = described.over(FakeProducer.acknowledging().slow(pause), new PrintedMetrics());
            IntStream.range(0, EVENTS).forEach(i -> recorder.opened(subject(i)));
            OUT.println(CLOSING);
            recorder.close(Duration.ofMinutes(5));
        }

        /** Prints what became of the events. The last word is printed before the hook returns. */
        private static final class PrintedMetrics implements RecorderMetrics {

            private long lost;

            @Override
            public void written() {
                OUT.println(WRITTEN);
            }

            @Override
            public synchronized void lost(LossReason reason, long events) {
                lost += events;
            }

            @Override
            public synchronized void stopped() {
                OUT.println(LOST + lost);
            }
        }
    }
}
