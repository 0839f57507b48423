package io.foundling.bench.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The events of services through which records go: deferred, pending, completed or failed. Many records are under way
 * at any time, and of 100 records 5 are lost. It makes the same events each time, but for ids and times.
 *
 * <p>At step {@code n} record {@code n} is deferred, an older one is submitted, and one that is older still gets its
 * outcome. With batches, 500 records in a row share a parent that closes after the last of them had its chance.
 */
final class LedgerLoad {

    private static final int BATCH_SIZE = 500;

    /** Longer than any run. */
    private static final Duration AWAITED = Duration.ofDays(7);

    private static final List<String> SOURCES = List.of("university", "payroll", "travel");
    private static final List<String> STAGES = List.of("declaration", "approval", "payment-run");
    private static final List<String> FACULTIES = List.of("law", "medicine", "engineering", "arts");

    private final long events;
    private final Duration window;
    private final boolean batches;
    private final long lag;
    private final long first;
    private final Consumer<AuditEvent> sink;
    private long made;

    LedgerLoad(LedgerPlan plan, Consumer<AuditEvent> sink) {
        this(plan, 0, sink);
    }

    private LedgerLoad(LedgerPlan plan, long first, Consumer<AuditEvent> sink) {
        this.events = plan.events();
        this.window = plan.window();
        this.batches = plan.batches();
        this.lag = Math.max(10, plan.events() / 90);
        this.first = first;
        this.sink = sink;
    }

    /** Returns a load about other records than those of a load of so many. */
    static LedgerLoad after(LedgerPlan plan, long records, Consumer<AuditEvent> sink) {
        return new LedgerLoad(plan, records, sink);
    }

    /** Makes all events, in the order in which they happen. */
    void make() {
        for (long step = 0; made < events; step++) {
            if (batches && step % BATCH_SIZE == 0) {
                open(step / BATCH_SIZE);
            }
            emit(step, new Deferred(due(), null));
            submit(step - lag);
            finish(step - 2 * lag);
        }
    }

    /** Defers so many records, with nothing after that. */
    static void deferred(LedgerPlan plan, Consumer<AuditEvent> sink) {
        LedgerLoad load = new LedgerLoad(plan, sink);
        for (long record = 0; record < plan.events(); record++) {
            load.emit(record, new Deferred(Instant.now().plus(AWAITED), null));
        }
    }

    private void submit(long record) {
        if (record >= 0 && courseOf(record) != Course.NEVER_SUBMITTED && courseOf(record) != Course.AT_ONCE) {
            Instant now = Instant.now();
            emit(record, new Pending(now.minusMillis(250), now, 250L, null, null, due(), "X-" + record, null));
        }
    }

    private void finish(long record) {
        if (record < 0) {
            return;
        }
        switch (courseOf(record)) {
            case COMPLETES, AT_ONCE -> emit(record, new Completed(null, 1_250L, Map.of("rows", record % 40)));
            case FAILS -> emit(record, new Failed("Rejected", "the receiver rejected the record", false, Map.of()));
            default -> {
                // Nothing reports the outcome of a lost record.
            }
        }
        if (batches && record % BATCH_SIZE == BATCH_SIZE - 1) {
            emit(batch(record / BATCH_SIZE), null, new Completed(null, null, Map.of("records", (long) BATCH_SIZE)));
        }
    }

    private void open(long batch) {
        Instant now = Instant.now();
        emit(batch(batch), null, new Opened());
        emit(batch(batch), null, new Pending(now, now, 0L, null, null, null, null, (long) BATCH_SIZE));
    }

    private void emit(long record, Object body) {
        emit(record(first + record), batches ? batch(record / BATCH_SIZE) : null, body);
    }

    private void emit(Subject subject, Subject parent, Object body) {
        if (made == events) {
            return;
        }
        made++;
        sink.accept(event(subject, parent, made, body));
    }

    /** Makes an event that happens now, with what services usually send. */
    static AuditEvent event(Subject subject, Subject parent, long number, Object body) {
        return new AuditEvent(
                UuidCreator.getTimeOrderedEpoch(),
                subject,
                parent,
                null,
                Instant.now(),
                null,
                Map.of("faculty", FACULTIES.get((int) (number % FACULTIES.size())), "semester", "2026-autumn"),
                new Producer("enrolment", "enrolment-7d9f6c5b8-x" + number % 4, "1.4.2", 0L),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                body);
    }

    private Instant due() {
        return Instant.now().plus(window);
    }

    private static Subject record(long number) {
        return new Subject(
                SubjectKind.RECORD,
                SOURCES.get((int) (number % 3)),
                STAGES.get((int) (number / 3 % 3)),
                "D-2026-" + (10_000_000 + number));
    }

    private static Subject batch(long number) {
        return new Subject(SubjectKind.BATCH, "university", "declaration", "2026-09-01/" + number);
    }

    private static Course courseOf(long record) {
        int hundredth = (int) (record * 37 % 100);
        if (hundredth < 2) {
            return Course.NEVER_SUBMITTED;
        }
        if (hundredth < 5) {
            return Course.NEVER_FINISHED;
        }
        if (hundredth < 10) {
            return Course.FAILS;
        }
        return hundredth < 15 ? Course.AT_ONCE : Course.COMPLETES;
    }
}
