package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.client.internal.delivery.EventPipeline;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;

/**
 * A recorder that sends events to Kafka. A call puts its event into a bounded queue and returns after about a
 * microsecond; a daemon thread encodes and sends. While the broker is away events wait; when there is no more room, the
 * configured {@link QueueFullPolicy} decides whether the call waits or an event is lost. With {@code audit.async=false}
 * the calling thread sends and waits for the acknowledgement instead.
 */
public final class KafkaAuditRecorder implements AuditRecorder {

    private final EventPipeline pipeline;
    private final EventDraft.Destination destination;

    KafkaAuditRecorder(EventPipeline pipeline) {
        this.pipeline = pipeline;
        destination = pipeline::record;
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

    static KafkaAuditRecorder start(Map<String, String> properties, RecorderMetrics metrics) {
        return new KafkaAuditRecorder(EventPipeline.start(properties, metrics));
    }

    @Override
    public EventDraft on(Subject subject) {
        return new EventDraft(pipeline.source(), destination, subject);
    }

    @Override
    public CompletionStage<Ticket> record(AuditEvent event) {
        return pipeline.record(event, false);
    }

    /**
     * Records a complete event without changing it, for callers that record many and then wait for all of them. The stage
     * completes when the event survives a crash of the machine: with {@code audit.durable=true} and no flush interval when it
     * is forced to disk, otherwise when the broker has acknowledged it. It fails with {@link LostEventException}, or with
     * {@link NotDurableException} if the recorder still tries; recording the event again with the same id does no harm. The
     * call itself waits only for room in the queue.
     */
    public CompletionStage<Void> recordDurably(AuditEvent event) {
        return pipeline.recordDurably(event);
    }

    @Override
    public boolean flush(Duration timeout) {
        return pipeline.flush(timeout);
    }

    @Override
    public long close(Duration timeout) {
        return pipeline.close(timeout);
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
