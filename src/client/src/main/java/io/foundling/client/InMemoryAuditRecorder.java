package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.client.internal.event.EventRules;
import io.foundling.client.internal.event.EventSource;
import io.foundling.client.internal.event.StableEvent;
import io.foundling.client.internal.event.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A recorder that keeps its events in memory, for the tests of services that report. Like {@link KafkaAuditRecorder} it
 * checks values, cuts texts that are too long, adds the trace context of the current span, rejects calls after the
 * close and counts losses. Its tickets are complete when the call returns. It
 * stores a copy of each event, so later changes by the service are not visible in it. Nothing is ever removed except by
 * {@link #clear}.
 */
public final class InMemoryAuditRecorder implements AuditRecorder {

    private static final String NAME = "in-memory";

    private final EventSource source;
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<AuditEvent> lost = new ArrayList<>();
    private final Queue<LossReason> losses = new ArrayDeque<>();
    private long written;
    private long dropped;
    private boolean closed;

    public InMemoryAuditRecorder() {
        this(Clock.systemUTC());
    }

    /** Uses this clock for the time of events. */
    public InMemoryAuditRecorder(Clock clock) {
        EventRules.present("clock", clock);
        TraceContext trace = TraceContext.of(InMemoryAuditRecorder.class.getClassLoader());
        source = new EventSource(NAME, NAME, "unknown", clock, this::dropped, trace::traceparent);
    }

    @Override
    public EventDraft on(Subject subject) {
        return new EventDraft(source, (event, urgent) -> record(event), subject);
    }

    @Override
    public synchronized CompletionStage<Ticket> record(AuditEvent event) {
        EventRules.check(event);
        if (closed) {
            throw new IllegalStateException("the audit recorder is closed, the event was not recorded");
        }
        AuditEvent copy = AuditEvent.newBuilder(StableEvent.of(event)).build();
        LossReason loss = losses.poll();
        if (loss == null) {
            events.add(copy);
            return CompletableFuture.completedStage(new Ticket(NAME, 0, written++));
        }
        lost.add(copy);
        dropped++;
        return CompletableFuture.failedStage(
                new LostEventException(loss, "the audit event was lost (" + loss + "), as loseNext demanded"));
    }

    /** Returns true at once: no event ever waits. */
    @Override
    public boolean flush(Duration timeout) {
        return true;
    }

    /** Returns 0 at once; the recorded events can still be read. */
    @Override
    public synchronized long close(Duration timeout) {
        closed = true;
        return 0;
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Loses the next event instead of writing it. Two calls lose the next two events. */
    public synchronized void loseNext(LossReason reason) {
        losses.add(EventRules.present("reason", reason));
    }

    /** Returns the written events in the order of the calls; later events do not change the list. */
    public synchronized List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /** Returns the written events of one subject. */
    public List<AuditEvent> events(Subject subject) {
        return events().stream()
                .filter(event -> event.getSubject().equals(subject))
                .toList();
    }

    /** Returns the bodies of the written events. */
    public List<Object> bodies() {
        return events().stream().map(AuditEvent::getBody).toList();
    }

    /** Returns the bodies of one type. */
    public <T> List<T> bodies(Class<T> type) {
        return bodies().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the event that was written last; throws {@link IllegalStateException} if there is none. */
    public synchronized AuditEvent last() {
        if (events.isEmpty()) {
            throw new IllegalStateException("no audit event was written (lost: " + lost.size() + ")");
        }
        return events.get(events.size() - 1);
    }

    /** Returns the events that {@link #loseNext} lost, in the order of the calls. */
    public synchronized List<AuditEvent> lost() {
        return List.copyOf(lost);
    }

    /** Forgets the written and the lost events. Offsets and {@code producer.dropped} go on, as in a running service. */
    public synchronized void clear() {
        events.clear();
        lost.clear();
    }

    private synchronized long dropped() {
        return dropped;
    }
}
