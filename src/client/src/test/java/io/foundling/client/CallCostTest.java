package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Keeps the garbage of a call small. The bytes are those of the calling thread, with everything that stays in the queue
 * and without the subject; the JIT compiler can only make them fewer. The time of a call is measured by the benchmark.
 */
class CallCostTest {

    private static final int CALLS = 10_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final AuditRecorder recorder = new TestRecorder()
            .with(RecorderSetting.QUEUE_MAXSIZE, 2 * CALLS)
            .with(RecorderSetting.QUEUE_MAXBYTES, Integer.MAX_VALUE)
            .over(FakeProducer.acknowledging());
    private final Subject record = subject(1);
    private final Subject batch = new Subject(SubjectKind.BATCH, "university", "declaration", "2026-09-01");

    @AfterEach
    void close() {
        recorder.close(LONG);
    }

    @Test
    void shouldMakeLittleGarbageForAShortCall() {
        // When
        long bytes = bytesPerCall(() -> recorder.on(record).parent(batch).completed());

        // Then: 330 on Java 17
        assertThat(bytes).isBetween(100L, 450L);
    }

    @Test
    void shouldMakeLittleGarbageForACallWithMetadata() {
        // Given
        Map<String, String> metadata = Map.of("faculty", "law", "semester", "2026-autumn");
        Map<String, Long> counts = Map.of("rows", 17L);

        // When
        long bytes = bytesPerCall(
                () -> recorder.on(record).parent(batch).metadata(metadata).completed(counts));

        // Then: 770 to 900 on Java 17
        assertThat(bytes).isBetween(100L, 1_000L);
    }

    private static long bytesPerCall(Runnable call) {
        run(call);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(call);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }

    private static void run(Runnable call) {
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
    }
}
