package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Opened;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Declared scopes of four stages, each with a run that has completed. */
final class ScopeLoad {

    static final List<String> STAGES = List.of("table", "report", "statistics", "extract");

    private static final String SOURCE = "warehouse";

    private final Consumer<AuditEvent> sink;
    private long made;

    ScopeLoad(Consumer<AuditEvent> sink) {
        this.sink = sink;
    }

    /** Declares a scope that is too old from then on, and reports a run of it. */
    void run(String group, int number, Instant dueAt) {
        long maxAge = Duration.between(Instant.now(), dueAt).toMillis();
        if (maxAge <= 0) {
            throw new BenchFailure("The scopes are due at " + dueAt + ", before all of them are written.");
        }
        Subject scope = new Subject(
                SubjectKind.SCOPE, SOURCE, STAGES.get(number % STAGES.size()), group + "-" + number + "/2026");
        send(scope, new Declared(maxAge, Map.of()));
        send(scope, new Opened());
        send(scope, new Completed(null, 1_200L, Map.of("rows", 1_000L + number)));
    }

    private void send(Subject scope, Object body) {
        sink.accept(LedgerLoad.event(scope, null, made++, body));
    }
}
