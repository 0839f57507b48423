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
 * The way to the broker. The Kafka producer is made when the first event is sent, because making one looks up addresses, and
 * made anew after a failure that it does not survive.
 */
public final class BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    /** What became of an event that the producer has taken. Called on the producer's thread. */
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

    /**
     * Hands an event to the producer, which may wait for metadata, the registry, or room in its buffer.
     *
     * @return why it was not taken now, nothing if it was; only then the outcome is told
     */
    public Optional<Throwable> hand(AuditEvent event, Outcome outcome) {
        Handing handing = new Handing(outcome);
        try {
            handing.producer = producer();
            handing.producer.send(new ProducerRecord<>(topic, SubjectKey.of(event.getSubject()), event), handing);
        } catch (Throwable failure) {
            // Also errors: a serializer that cannot load must not end the thread that drains the queue.
            handing.onCompletion(null, failure);
        }
        return handing.end();
    }

    /** Gives up a producer that is of no use any more; what it had fails. */
    public void mend() {
        Producer<String, AuditEvent> useless = broken.getAndSet(null);
        if (useless != null) {
            giveUp(useless);
        }
    }

    /** Sends what was taken, as far as the time goes, and fails the rest. */
    public synchronized void close(Duration timeout) {
        closed = true;
        drop(timeout);
    }

    /** Makes one outside the lock of the close: an address look-up may hang, and the close must not. */
    private Producer<String, AuditEvent> producer() {
        mend();
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
            throw new LostEventException(LossReason.CLOSED, "the audit recorder was closed before it was written");
        }
        return producer;
    }

    /** What fails because of this names the same producer again, which is not the present one any more. */
    private synchronized void giveUp(Producer<String, AuditEvent> useless) {
        if (producer == useless) {
            drop(Duration.ZERO);
        }
    }

    private void drop(Duration timeout) {
        if (producer == null) {
            return;
        }
        // An interrupted thread would not wait until the producer has failed what it had.
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

    /** Tells apart what fails during the call, when the producer has taken nothing, from what fails later. */
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
