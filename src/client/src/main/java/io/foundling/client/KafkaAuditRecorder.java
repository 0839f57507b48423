package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A recorder that hands each event to a Kafka producer on the caller's thread. The first call may wait for the broker's
 * metadata and the registry ({@code max.block.ms}, {@code schema.registry.max.wait.ms}), later ones only while the producer's
 * buffer is full.
 */
public final class KafkaAuditRecorder implements AuditRecorder {

    private final Producer<String, AuditEvent> producer;
    private final String topic;
    private final Duration closeTimeout;
    private final EventSource source;
    private final Losses losses = new Losses();
    private final Set<Sending> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    KafkaAuditRecorder(RecorderSettings settings, Producer<String, AuditEvent> producer, Clock clock) {
        this.producer = producer;
        topic = settings.topic();
        closeTimeout = settings.closeTimeout();
        source = new EventSource(
                settings.service(), settings.instance(), settings.version(), clock, losses::count, this::record);
    }

    /** Starts to describe a recorder in code. */
    public static RecorderBuilder builder() {
        return new RecorderBuilder();
    }

    /** Returns a recorder for the settings in the environment; see {@link RecorderSetting}. */
    public static KafkaAuditRecorder fromEnvironment() {
        return start(RecorderSettings.fromEnvironment(System.getenv()));
    }

    /** Returns a recorder for the {@code audit.…} settings among the properties. */
    public static KafkaAuditRecorder fromProperties(Properties properties) {
        Map<String, String> settings = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        return start(RecorderSettings.fromProperties(settings));
    }

    static KafkaAuditRecorder start(RecorderSettings settings) {
        return new KafkaAuditRecorder(settings, EventProducer.start(settings), Clock.systemUTC());
    }

    @Override
    public EventDraft on(Subject subject) {
        return new EventDraft(source, subject);
    }

    @Override
    public CompletionStage<Ticket> record(AuditEvent event) {
        EventRules.check(event);
        if (closed.get()) {
            throw new IllegalStateException("the audit recorder is closed, the event was not recorded");
        }
        Sending sending = new Sending();
        underWay.add(sending);
        try {
            producer.send(
                    new ProducerRecord<>(topic, SubjectKey.of(event.getSubject()), event),
                    (written, failure) -> finish(sending, written, failure));
        } catch (RuntimeException failure) {
            finish(sending, null, failure);
        }
        return sending.ticket();
    }

    @Override
    public boolean flush(Duration timeout) {
        CompletableFuture<?> all =
                CompletableFuture.allOf(underWay.stream().map(Sending::over).toArray(CompletableFuture[]::new));
        if (all.isDone()) {
            return true;
        }
        // The producer's own flush has no time limit, and without it a long linger.ms would outlast the timeout.
        Thread flusher = new Thread(producer::flush, "audit-flush");
        flusher.setDaemon(true);
        flusher.start();
        return await(all, timeout);
    }

    @Override
    public long close(Duration timeout) {
        if (!closed.compareAndSet(false, true)) {
            return 0;
        }
        long before = losses.count();
        try {
            producer.close(timeout);
        } catch (InterruptException cutShort) {
            // The thread is marked as interrupted again; what was not sent by now is lost and counted below.
        }
        // The producer fails what it could not send; whoever was between the check and the send is counted as well.
        underWay.forEach(sending -> finish(sending, null, new TimeoutException("closed before it was written")));
        return losses.count() - before;
    }

    @Override
    public void close() {
        close(closeTimeout);
    }

    /** Counts before the ticket is completed, so that whoever waited for the ticket sees the count. */
    private void finish(Sending sending, RecordMetadata written, Exception failure) {
        if (!sending.end()) {
            return;
        }
        if (failure == null) {
            losses.written();
            sending.written(new Ticket(written.topic(), written.partition(), written.offset()));
        } else {
            losses.lost(failure);
            sending.lost(failure);
        }
        underWay.remove(sending);
    }

    private static boolean await(CompletableFuture<?> all, Duration timeout) {
        try {
            all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a sending cannot fail to be over", impossible);
        } catch (TimeoutException tooSlow) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
