package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderMetrics;
import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.broker.ProducerFactory;
import io.foundling.client.internal.broker.Watch;
import io.foundling.client.internal.event.BodyTypes;
import io.foundling.client.internal.event.EventRules;
import io.foundling.client.internal.event.EventSource;
import io.foundling.client.internal.event.ShortThread;
import io.foundling.client.internal.event.StableEvent;
import io.foundling.client.internal.event.TraceContext;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * Everything behind a {@link KafkaAuditRecorder}: it assembles queue, spool, producer and counters from the settings,
 * checks each event and delivers it. The one class of the internal packages that the public API calls for delivery. Any
 * thread.
 */
public final class EventPipeline {

    private final Delivery delivery;
    private final DeliveryCounts counts;
    private final EventSource source;
    private final Duration closeTimeout;
    private final Closing closing;

    /**
     * @param producer makes the Kafka producer when the first event is sent, and again after a failure it did not
     *     survive
     * @param spools opens the spool on disk, if the settings have one
     */
    public EventPipeline(
            RecorderSettings settings,
            Supplier<Producer<String, AuditEvent>> producer,
            Function<RecorderSettings.Spool, Spool> spools,
            RecorderMetrics metrics,
            Clock clock) {
        counts = new DeliveryCounts(settings, metrics, System::nanoTime);
        closeTimeout = settings.shutdown().timeout();
        TraceContext trace = TraceContext.of(EventPipeline.class.getClassLoader());
        source = new EventSource(
                settings.service().name(),
                settings.service().instance(),
                settings.service().version(),
                clock,
                counts::lost,
                trace::traceparent);
        // Last: it opens the spool and starts a thread, which a failure of the rest would leave behind.
        delivery = delivery(settings, spools, link(settings, producer), counts);
        closing = new Closing(this::end, counts::lost, closeTimeout);
        if (settings.shutdown().onExit()) {
            closing.onExit();
        }
    }

    /**
     * Starts the pipeline of a recorder with these {@code audit.…} settings.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message lists every problem
     * @throws java.io.UncheckedIOException if the spool's directory cannot be used
     */
    public static EventPipeline start(Map<String, String> properties, RecorderMetrics metrics) {
        return ShortThread.call(() -> {
            RecorderSettings settings = RecorderSettings.fromProperties(properties);
            return new EventPipeline(
                    settings,
                    ProducerFactory.factory(settings),
                    spool -> SpoolSink.open(spool, settings.target().topic()),
                    metrics,
                    Clock.systemUTC());
        });
    }

    /** Returns what the events of this recorder have in common. */
    public EventSource source() {
        return source;
    }

    /**
     * Checks an event and delivers a copy of it.
     *
     * @param urgent whether the event must not wait for others; failures and cancellations never do
     * @throws IllegalArgumentException if a field is wrong; the message names it
     * @throws IllegalStateException after the close
     */
    public CompletionStage<Ticket> record(AuditEvent event, boolean urgent) {
        EventRules.check(event);
        return delivery.deliver(StableEvent.of(event), urgent || BodyTypes.isUrgent(event.getBody()));
    }

    /**
     * As {@link #record}, without waiting for the disk: the stage completes when the event survives a crash of the machine.
     *
     * @throws IllegalArgumentException if a field is wrong; the message names it
     * @throws IllegalStateException after the close
     */
    public CompletionStage<Void> recordDurably(AuditEvent event) {
        EventRules.check(event);
        return delivery.deliverDurably(StableEvent.of(event), BodyTypes.isUrgent(event.getBody()));
    }

    /**
     * Waits until everything recorded before is written or lost; false if the time was over first, or if interrupted.
     */
    public boolean flush(Duration timeout) {
        return delivery.flush(timeout);
    }

    /**
     * Sends what it can within the time and ends. A later call waits for the first one. Returns how many events the
     * close has lost.
     */
    public long close(Duration timeout) {
        return closing.close(timeout, delivery.isOwnThread());
    }

    /** Closes with the time limit of the settings. */
    public void close() {
        close(closeTimeout);
    }

    private void end(TimeLimit limit) {
        delivery.close(limit);
        counts.count(RecorderMetrics::stopped);
    }

    private static BrokerLink link(RecorderSettings settings, Supplier<Producer<String, AuditEvent>> producer) {
        return new BrokerLink(settings.target().topic(), producer, Watch.of(settings));
    }

    private static Delivery delivery(
            RecorderSettings settings,
            Function<RecorderSettings.Spool, Spool> spools,
            BrokerLink link,
            DeliveryCounts counts) {
        BrokerSink sink = new BrokerSink(link, counts, ProducerFactory.bufferBytes(settings));
        if (!settings.async()) {
            return new SyncDelivery(sink, counts, ProducerFactory.longestCall(settings));
        }
        return new AsyncDelivery(
                settings,
                settings.spool()
                        .<Sink>map(spool -> new SpoolSink(
                                spool, ProducerFactory.requestBytes(settings), spools.apply(spool), link, sink, counts))
                        .orElse(sink),
                counts);
    }
}
