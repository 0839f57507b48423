package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder left when its process ended is sent by another instance of the same service. */
@Timeout(60)
class AdoptionTest {

    private static final int EVENTS = 500;

    @TempDir
    private Path root;

    private final FakeProducer producer = FakeProducer.acknowledging();

    @Test
    void shouldSendTheEventsOfAKilledProcessAsTheyWereRecordedAndRemoveItsSpool() throws Exception {
        // Given
        List<String> recorded = killed("away", "queued");

        // When
        AuditRecorder successor = described("pod-2").over(producer);

        // Then
        await().until(() -> Files.notExists(spool("pod-1")));
        assertThat(producer.sent())
                .hasSize(EVENTS)
                .allMatch(event -> event.getProducer().getInstance().equals("pod-1"))
                .extracting(event -> event.getEventId().toString())
                .containsExactlyElementsOf(recorded);
        assertThat(successor.close(LONG)).isZero();
    }

    @Test
    void shouldSendEachEventOnceWhenThereAreTwoSuccessors() throws Exception {
        // Given
        killed("away", "queued");
        FakeProducer other = FakeProducer.acknowledging().slow(Duration.ofMillis(1));

        // When
        AuditRecorder one = described("pod-2").over(producer.slow(Duration.ofMillis(1)));
        AuditRecorder two = described("pod-3").over(other);

        // Then
        await().until(() -> Files.notExists(spool("pod-1")));
        assertThat(Stream.concat(producer.sentIds(), other.sentIds())).containsExactlyElementsOf(ids(0, EVENTS));
        one.close();
        two.close();
    }

    @Test
    void shouldGoOnWhereASuccessorWasKilled() throws Exception {
        // Given
        List<String> recorded = killed("away", "queued");
        List<String> sentByTheFirst = killed("successor", "sent 100");
        assertThat(sentByTheFirst).isEqualTo(recorded.subList(0, sentByTheFirst.size()));

        // When
        AuditRecorder second = described("pod-3").over(producer);

        // Then
        await().until(() -> Files.notExists(spool("pod-1")));
        List<String> sentByTheSecond = eventIds(producer);
        assertThat(sentByTheSecond)
                .isEqualTo(recorded.subList(recorded.size() - sentByTheSecond.size(), recorded.size()));
        assertThat(sentByTheFirst.size() + sentByTheSecond.size()).isGreaterThanOrEqualTo(EVENTS);
        second.close();
    }

    @Test
    void shouldLeaveALivingRecorderItsSpool() throws IOException {
        // Given
        FakeProducer away = FakeProducer.acknowledging().away(true);
        AuditRecorder living = described("pod-1").over(away);
        living.opened(subject(0));
        TestRecorder described = described("pod-2");

        // When
        AuditRecorder other = described.over(producer);
        other.opened(subject(1));
        assertThat(other.flush(LONG)).isTrue();
        assertThat(other.close(LONG)).isZero();

        // Then
        assertThat(producer.sentIds()).containsExactly("1");
        assertThat(spool("pod-1")).isNotEmptyDirectory();
        away.away(false);
        assertThat(living.flush(LONG)).isTrue();
        assertThat(away.sentIds()).containsExactly("0");
        living.close();
    }

    @Test
    void shouldStartBesideARecorderThatSendsWhatItLeft() throws Exception {
        // Given
        killed("away", "queued");
        FakeProducer away = FakeProducer.acknowledging().away(true);
        TestRecorder described = described("pod-2");
        AuditRecorder successor = described.over(away);
        await().until(() -> described.metrics.gauges().spooledBytes() > 0);

        // When
        AuditRecorder again = described("pod-1").over(producer);

        // Then
        again.opened(subject(EVENTS));
        assertThat(again.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly(Integer.toString(EVENTS));
        assertThat(spool("pod-1.2")).exists();
        away.away(false);
        await().until(() -> Files.notExists(spool("pod-1")));
        assertThat(away.sentIds()).containsExactlyElementsOf(ids(0, EVENTS));
        again.close();
        successor.close();
    }

    @Test
    void shouldLeaveTheRestToTheNextWhenItIsClosedWhileItSends() throws Exception {
        // Given
        List<String> recorded = killed("away", "queued");
        AuditRecorder first = described("pod-2").over(producer.slow(Duration.ofMillis(2)));
        await().until(() -> producer.sent().size() > 20);

        // When
        assertThat(first.close(LONG)).isZero();

        // Then
        List<String> sentByTheFirst = eventIds(producer);
        assertThat(sentByTheFirst).hasSizeLessThan(EVENTS);
        FakeProducer next = FakeProducer.acknowledging();
        AuditRecorder second = described("pod-3").over(next);
        await().until(() -> Files.notExists(spool("pod-1")));
        assertThat(eventIds(next)).isEqualTo(recorded.subList(sentByTheFirst.size(), EVENTS));
        second.close();
    }

    private TestRecorder described(String instance) {
        return new TestRecorder().withSpoolBelow(root, instance);
    }

    private Path spool(String instance) {
        return root.resolve("declarations").resolve(instance);
    }

    private static List<String> eventIds(FakeProducer producer) {
        return producer.sent().stream()
                .map(AuditEvent::getEventId)
                .map(UUID::toString)
                .toList();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    /** Kills a process when it has printed the line, and returns the event ids that it printed until then. */
    private List<String> killed(String work, String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Instance.class.getName(),
                        work,
                        root.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> printed = new ArrayList<>();
            String next = output.readLine();
            while (next != null && !next.equals(line)) {
                printed.add(next);
                next = output.readLine();
            }
            process.toHandle().destroyForcibly();
            output.lines().forEach(printed::add);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return printed.stream()
                    .filter(each -> each.startsWith("id "))
                    .map(each -> each.substring(3))
                    .toList();
        }
    }

    /** Another process: records while the broker is away, or is the first successor and sends slowly. */
    static final class Instance {

        private Instance() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path root = Path.of(arguments[1]);
            if (arguments[0].equals("away")) {
                record(new TestRecorder().withSpoolBelow(root, "pod-1"));
            } else {
                adopt(new TestRecorder().withSpoolBelow(root, "pod-2"));
            }
            Thread.currentThread().join();
        }

        private static void record(TestRecorder described) {
            AuditRecorder recorder = described.over(FakeProducer.acknowledging().away(true));
            InMemoryAuditRecorder source = new InMemoryAuditRecorder();
            for (int i = 0; i < EVENTS; i++) {
                source.opened(subject(i));
                AuditEvent event = AuditEvent.newBuilder(source.last())
                        .setProducer(new Producer("declarations", "pod-1", "1.2", 0L))
                        .build();
                recorder.record(event);
                System.out.println("id " + event.getEventId());
            }
            await().until(() -> described.metrics.gauges().queuedEvents() == 0);
            System.out.println("queued");
        }

        private static void adopt(TestRecorder described) {
            FakeProducer slow = FakeProducer.acknowledging().slow(Duration.ofMillis(2));
            described.over(slow);
            HashSet<String> printed = new HashSet<>();
            while (true) {
                for (String id : eventIds(slow)) {
                    if (printed.add(id)) {
                        System.out.println("id " + id);
                    }
                }
                if (printed.size() >= 100) {
                    System.out.println("sent 100");
                }
                Thread.onSpinWait();
            }
        }
    }
}
