package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InMemoryAuditRecorderThreadsTest {

    private static final int THREADS = 8;
    private static final int EACH = 1_000;

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();

    @Test
    void shouldKeepEveryEventWhenEightThreadsRecord() throws Exception {
        // Given
        int losses = 100;
        LongStream.range(0, losses).forEach(any -> recorder.loseNext(LossReason.QUEUE_FULL));

        // When
        List<Long> offsets = atOnce();

        // Then
        assertThat(recorder.events()).hasSize(THREADS * EACH - losses).doesNotHaveDuplicates();
        assertThat(recorder.lost()).hasSize(losses);
        assertThat(offsets)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, THREADS * EACH - losses).boxed().toList());
        assertThat(recorder.last().getProducer().getDropped()).isEqualTo(losses);
    }

    @Test
    void shouldKeepTheOrderOfEachThread() throws Exception {
        // When
        atOnce();

        // Then
        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(recorder.events(subject(thread)))
                    .extracting(InMemoryAuditRecorderThreadsTest::row)
                    .containsExactlyElementsOf(LongStream.range(0, EACH).boxed().toList());
        }
    }

    /** Lets all threads begin together and returns the offsets of what was written; the events are read meanwhile. */
    private List<Long> atOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Subject subject = subject(thread);
                work.add(() -> {
                    start.await();
                    return recordAll(subject);
                });
            }
            List<Long> offsets = new ArrayList<>();
            for (Future<List<Long>> done : threads.invokeAll(work)) {
                offsets.addAll(done.get());
            }
            return offsets;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Long> recordAll(Subject subject) {
        List<Long> offsets = new ArrayList<>();
        for (long row = 0; row < EACH; row++) {
            recorder.on(subject).completed(Map.of("row", row)).whenComplete((ticket, loss) -> {
                if (loss == null) {
                    offsets.add(ticket.offset());
                }
            });
            if (row % 100 == 0) {
                recorder.events();
            }
        }
        return offsets;
    }

    private static Subject subject(int thread) {
        return new Subject(SubjectKind.RECORD, "university", "declaration", "thread-" + thread);
    }

    private static long row(AuditEvent event) {
        return ((Completed) event.getBody()).getCounts().get("row");
    }
}
