package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Failed;
import io.foundling.audit.Subject;
import io.foundling.client.spool.Spool;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * A recorder that sends events to Kafka. A call puts its event into a bounded queue and returns; a daemon thread encodes
 * and sends. With {@code audit.async=false} the calling thread sends and waits for the acknowledgement instead.
 */
public final class KafkaAuditRecorder implements AuditRecorder {

    private final Delivery delivery;
    private final Tally tally;
    private final EventSource source;
    private final Duration closeTimeout;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<Thread> exitHook = Optional.empty();

    KafkaAuditRecorder(
            RecorderSettings settings,
            Supplier<Producer<String, AuditEvent>> producer,
            Function<RecorderSettings.Spool, Spool> spools,
            RecorderMetrics metrics,
            Clock clock) {
        tally = new Tally(settings, metrics, System::nanoTime);
        delivery = delivery(settings, spools, new BrokerLink(settings.topic(), producer), tally);
        closeTimeout = settings.closeTimeout();
        TraceContext trace = TraceContext.of(KafkaAuditRecorder.class.getClassLoader());
        source = new EventSource(
                settings.service(),
                settings.instance(),
                settings.version(),
                clock,
                tally::lost,
                trace::traceparent,
                this::record);
    }

    /** Starts to describe a recorder in code. */
    public static RecorderBuilder builder() {
        return new RecorderBuilder();
    }

    /** Returns a recorder for the settings in the environment; see {@link RecorderSetting}. */
    public static KafkaAuditRecorder fromEnvironment() {
        return builder().environment().build();
    }

    /** Returns a recorder for the {@code audit.…} settings among the properties. */
    public static KafkaAuditRecorder fromProperties(Properties properties) {
        return builder().properties(properties).build();
    }

    static KafkaAuditRecorder start(RecorderSettings settings, RecorderMetrics metrics) {
        KafkaAuditRecorder recorder = new KafkaAuditRecorder(
                settings, EventProducer.factory(settings), SpoolSink::open, metrics, Clock.systemUTC());
        if (settings.closeOnExit()) {
            recorder.closeOnExit();
        }
        return recorder;
    }

    private void closeOnExit() {
        Thread hook = new Thread(() -> close(), "audit-recorder-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        exitHook = Optional.of(hook);
    }

    @Override
    public EventDraft on(Subject subject) {
        return new EventDraft(source, subject);
    }

    @Override
    public CompletionStage<Ticket> record(AuditEvent event) {
        return record(event, false);
    }

    @Override
    public boolean flush(Duration timeout) {
        return delivery.flush(timeout);
    }

    @Override
    public long close(Duration timeout) {
        long before = tally.lost();
        if (closed.compareAndSet(false, true)) {
            forgetExitHook();
            delivery.close(timeout);
            tally.count(RecorderMetrics::stopped);
            return tally.lost() - before;
        }
        return 0;
    }

    @Override
    public void close() {
        close(closeTimeout);
    }

    private void forgetExitHook() {
        try {
            exitHook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
        } catch (IllegalStateException exiting) {
            // It is the hook that closes, or will find the recorder closed.
        }
    }

    private static Delivery delivery(
            RecorderSettings settings, Function<RecorderSettings.Spool, Spool> spools, BrokerLink link, Tally tally) {
        BrokerSink sink = new BrokerSink(link, tally);
        if (!settings.async()) {
            return new SyncDelivery(sink, tally);
        }
        return new AsyncDelivery(
                settings,
                settings.spool()
                        .<Sink>map(spool -> new SpoolSink(spool, spools.apply(spool), link, sink, tally))
                        .orElse(sink),
                tally);
    }

    private CompletionStage<Ticket> record(AuditEvent event, boolean marked) {
        EventRules.check(event);
        boolean urgent = marked || event.getBody() instanceof Failed || event.getBody() instanceof Cancelled;
        return delivery.deliver(StableEvent.of(event), urgent);
    }
}
