package io.foundling.bench.recorder;

import com.github.f4b6a3.uuid.UuidCreator;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Pending;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import io.foundling.client.Ticket;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The events of a service that queues, submits and completes one record after another, three events each. */
final class Workload {

    static final String SERVICE = "enrolment";
    static final String INSTANCE = "enrolment-7d9f";
    static final String VERSION = "1.4.2";

    private static final Subject BATCH =
            new Subject(SubjectKind.BATCH, "university", "declaration", "2026-09-01/evening");
    private static final Map<String, String> METADATA = Map.of("faculty", "law", "semester", "2026-autumn");
    private static final Map<String, Long> COUNTS = Map.of("rows", 17L);
    private static final Instant STARTED = Instant.parse("2026-09-01T18:00:00Z");
    private static final Instant ANSWERED = STARTED.plusMillis(250);
    private static final Instant DUE = STARTED.plusSeconds(86_400);

    private Workload() {}

    /** Returns the record of event {@code n}, as the service would have it. */
    static Subject subject(long n) {
        return new Subject(SubjectKind.RECORD, "university", "declaration", "D-2026-" + n / 3);
    }

    /** Reports event {@code n} as the client's README shows it. */
    static CompletionStage<Ticket> report(AuditRecorder recorder, long n, Subject subject) {
        EventDraft draft = recorder.on(subject).parent(BATCH).metadata(METADATA);
        return switch ((int) (n % 3)) {
            case 0 -> draft.deferred(DUE);
            case 1 -> draft.pending(STARTED, ANSWERED);
            default -> draft.completed(COUNTS);
        };
    }

    /**
     * Makes event {@code n} without draft and checks: the least work of a service without a recorder.
     */
    static AuditEvent event(long n, Subject subject) {
        return new AuditEvent(
                UuidCreator.getTimeOrderedEpoch(),
                subject,
                BATCH,
                null,
                Instant.now(),
                null,
                METADATA,
                new Producer(SERVICE, INSTANCE, VERSION, 0L),
                null,
                body(n));
    }

    private static Object body(long n) {
        return switch ((int) (n % 3)) {
            case 0 -> new Deferred(DUE, null);
            case 1 -> new Pending(STARTED, ANSWERED, 250L, null, null, null, null, null);
            default -> new Completed(null, null, COUNTS);
        };
    }
}
