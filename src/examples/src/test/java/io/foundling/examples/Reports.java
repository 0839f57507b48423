package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.Ticket;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What one thread reports: attempts about ten subjects of its own, by turns. Remembers them, and how slow a call was.
 */
final class Reports {

    /** Generous: other builds share the machine. What waits for a broker waits longer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final int SUBJECTS = 10;

    private final AuditRecorder recorder;
    private final String reporter;
    private final Map<String, List<Integer>> reported = new TreeMap<>();
    private final List<CompletableFuture<Ticket>> tickets = new ArrayList<>();
    private Duration slowest = Duration.ZERO;

    Reports(AuditRecorder recorder, String reporter) {
        this.recorder = recorder;
        this.reporter = reporter;
    }

    /** What the first recorder of a JVM loads of classes has nothing to do with brokers; nobody answers this one. */
    static void warmUp() {
        try (AuditRecorder recorder = KafkaAuditRecorder.builder()
                .bootstrapServers("127.0.0.1:1")
                .schemaRegistryUrl("http://127.0.0.1:1")
                .service("warm-up")
                .closeTimeout(Duration.ZERO)
                .build()) {
            new Reports(recorder, "nobody").report();
        }
    }

    static Subject subject(String id) {
        return new Subject(SubjectKind.RECORD, "university", "declaration", id);
    }

    void report(int events) {
        for (int i = 0; i < events; i++) {
            report();
        }
    }

    void report() {
        Subject subject = subject(reporter + "-" + tickets.size() % SUBJECTS);
        int attempt = tickets.size() / SUBJECTS + 1;
        long begin = System.nanoTime();
        tickets.add(recorder.on(subject).attempt(attempt).opened().toCompletableFuture());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        reported.computeIfAbsent(SubjectKey.of(subject), key -> new ArrayList<>())
                .add(attempt);
    }

    /** The attempts reported so far, by subject. */
    Map<String, List<Integer>> reported() {
        return reported;
    }

    List<CompletableFuture<Ticket>> tickets() {
        return tickets;
    }

    void requireEachAtOnce() {
        assertThat(slowest).as("the slowest call").isLessThan(AT_ONCE);
    }
}
