package io.foundling.client.internal.broker;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.Ticket;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events through a Kafka producer. The producer is made when the first event is sent, because making it looks up
 * addresses, and it is replaced after a failure that it does not survive. Any thread.
 */
public final class BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    /** Receives the outcome of an event that the producer has accepted. Called on the producer's thread. */
    public interface Outcome {
        void written(Ticket ticket);

        void failed(Throwable failure);
    }

    private final String topic;
    private final Supplier<Producer<String, AuditEvent>> factory;
    private final AtomicReference<Producer<String, AuditEvent>> broken = new AtomicReference<>();
    private final Object making = new Object();
    private volatile Producer<String, AuditEvent> producer;
    private volatile boolean closed;

    public BrokerLink(String topic, Supplier<Producer<String, AuditEvent>> factory) {
        this.topic = topic;
        this.factory = factory;
    }

    /** Returns the topic to which the events go. */
    public String topic() {
        return topic;
    }

    /**
     * Sends an event. The call may wait for metadata, for the registry or for room in the producer's buffer.
     *
     * @return why the event was not accepted now; empty if it was accepted, and only then the outcome is called
     */
    public Optional<Throwable> hand(AuditEvent event, Outcome outcome) {
        Handing handing = new Handing(outcome);
        try {
            handing.producer = producer();
            handing.producer.send(new ProducerRecord<>(topic, SubjectKey.of(event.getSubject()), event), handing);
        } catch (Throwable failure) {
            // Errors too: a serializer that cannot be loaded must not end the thread that drains the queue.
            handing.onCompletion(null, failure);
        }
        return handing.end();
    }

    /** Closes a producer that cannot send any more; its unfinished events fail. The next event gets a new producer. */
    public void replaceBroken() {
        Producer<String, AuditEvent> useless = broken.getAndSet(null);
        if (useless != null) {
            giveUp(useless);
        }
    }

    /** Sends the accepted events within the time and fails the rest. */
    public synchronized void close(Duration timeout) {
        closed = true;
        drop(timeout);
    }

    /** Makes the producer outside the lock of the close: an address look-up may hang, and the close must not. */
    private Producer<String, AuditEvent> producer() {
        replaceBroken();
        Producer<String, AuditEvent> known = producer;
        if (known != null && !closed) {
            return known;
        }
        synchronized (making) {
            if (producer == null && !closed) {
                install(factory.get());
            }
        }
        return installed();
    }

    private synchronized void install(Producer<String, AuditEvent> made) {
        producer = made;
        if (closed) {
            drop(Duration.ZERO);
        }
    }

    private synchronized Producer<String, AuditEvent> installed() {
        if (closed || producer == null) {
            throw new LostEventException(
                    LossReason.CLOSED, "the audit recorder was closed before the event was written");
        }
        return producer;
    }

    /** Its failing events report the same producer as broken once more; then it is not the present one any more. */
    private synchronized void giveUp(Producer<String, AuditEvent> useless) {
        if (producer == useless) {
            drop(Duration.ZERO);
        }
    }

    private void drop(Duration timeout) {
        if (producer == null) {
            return;
        }
        // An interrupted thread would not wait until the producer has failed its unfinished events.
        boolean interrupted = Thread.interrupted();
        try {
            producer.close(timeout);
        } catch (RuntimeException failure) {
            LOG.warn("the Kafka producer of the audit recorder did not close properly", failure);
        }
        producer = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Separates a failure during the call, when the producer has not accepted the event, from a later one. */
    private final class Handing implements Callback {

        private final Outcome outcome;
        private final Thread caller = Thread.currentThread();
        private Producer<String, AuditEvent> producer;
        private boolean during = true;
        private Throwable refusal;

        Handing(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void onCompletion(RecordMetadata written, Exception failure) {
            if (failure == null) {
                outcome.written(new Ticket(written.topic(), written.partition(), written.offset()));
            } else {
                onCompletion(null, (Throwable) failure);
            }
        }

        void onCompletion(RecordMetadata nothing, Throwable failure) {
            if (SendFailures.isOfTheProducer(failure)) {
                broken.set(producer);
            }
            if (Thread.currentThread() == caller && during) {
                refusal = failure;
            } else {
                outcome.failed(late(failure));
            }
        }

        private Throwable late(Throwable failure) {
            return closed && SendFailures.isTemporary(failure)
                    ? new LostEventException(LossReason.CLOSED, failure)
                    : failure;
        }

        Optional<Throwable> end() {
            during = false;
            if (refusal != null && !SendFailures.isTemporary(refusal)) {
                outcome.failed(refusal);
                return Optional.empty();
            }
            return Optional.ofNullable(refusal);
        }
    }
}
