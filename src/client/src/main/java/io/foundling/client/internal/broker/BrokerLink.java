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
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events through a Kafka producer. The producer is made when the first event is sent, because making it looks up
 * addresses. It is replaced after a failure that it does not survive, and when a partition makes no progress although
 * its broker answers; then what has no outcome yet fails with a failure of the producer, and the sender of each event
 * sends it again. Any thread.
 */
public final class BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    /** Receives the outcome of an event that the producer has accepted. Called on the producer's thread. */
    public interface Outcome {
        void written(Ticket ticket);

        void failed(Throwable failure);

        /**
         * Whether the event is next, asked when its producer is known: an earlier event may have failed because the
         * producer was just replaced, and must be sent before it. If not, the event is refused.
         */
        default boolean isNext() {
            return true;
        }
    }

    private static final Duration LOOK_FOR_CLOSE = Duration.ofMillis(50);

    private final String topic;
    private final Supplier<Producer<String, AuditEvent>> factory;
    private final LongSupplier nanoTime;
    private final AtomicReference<WatchedProducer> broken = new AtomicReference<>();
    private final Object making = new Object();
    private volatile WatchedProducer used;
    private volatile Optional<Watch> watch;
    private volatile boolean closed;

    /** @param watch how to find out that a partition is stuck; empty if that is not wanted */
    public BrokerLink(String topic, Supplier<Producer<String, AuditEvent>> factory, Optional<Watch> watch) {
        this(topic, factory, watch, System::nanoTime);
    }

    BrokerLink(
            String topic,
            Supplier<Producer<String, AuditEvent>> factory,
            Optional<Watch> watch,
            LongSupplier nanoTime) {
        this.topic = topic;
        this.factory = factory;
        this.watch = watch;
        this.nanoTime = nanoTime;
    }

    /** Returns the topic to which the events go. */
    public String topic() {
        return topic;
    }

    /**
     * Returns the id of the cluster; empty if it is not known although the cluster was reached. The call may wait for
     * metadata, as sending does, and throws what sending reports.
     */
    public Optional<String> cluster() {
        return producer().cluster();
    }

    /**
     * Sends an event. The call may wait for metadata, for the registry or for room in the producer's buffer.
     *
     * @return why the event was not accepted now; empty if it was accepted, and only then the outcome is called
     */
    public Optional<Throwable> hand(AuditEvent event, Outcome outcome) {
        Handing handing = new Handing(outcome);
        try {
            handing.send(producer(), event);
        } catch (Throwable failure) {
            // Errors too: a serializer that cannot be loaded must not end the thread that drains the queue.
            handing.onCompletion(null, failure);
        }
        return handing.end();
    }

    /**
     * Closes a producer that cannot send any more, or in which a partition is stuck; its unfinished events fail. The
     * next event gets a new producer. Senders call it before they hand over an event, so that they can first send again
     * what failed, and now and then while events have no outcome.
     */
    public void replaceUseless() {
        // Reading costs less than an exchange, and this is called before each event.
        WatchedProducer useless = broken.get() == null ? null : broken.getAndSet(null);
        if (useless != null) {
            giveUp(useless);
        }
        WatchedProducer watched = used;
        if (watched != null) {
            watched.stuck().ifPresent(stuck -> giveUp(watched, stuck));
        }
    }

    /**
     * Waits while the producer is being replaced; a close or an interrupt ends the wait.
     *
     * @param longest for callers that must not be refused because of a replacement
     */
    public void awaitReplaced(Duration longest) {
        long endNanos = System.nanoTime() + longest.toNanos();
        WatchedProducer replaced = used;
        while (replaced != null
                && replaced.isGivenUp()
                && !replaced.hasEnded()
                && !closed
                && !Thread.currentThread().isInterrupted()
                && System.nanoTime() - endNanos < 0) {
            replaced.awaitEnd(LOOK_FOR_CLOSE);
        }
    }

    /** Sends the accepted events within the time and fails the rest; takes a second more at most. */
    public void close(Duration timeout) {
        last().ifPresent(producer -> producer.close(timeout));
    }

    /** Like {@link #close}, for a callback: its thread may be the one that the producer sends with. */
    public void closeInCallback(Duration timeout) {
        last().ifPresent(producer -> producer.closeInCallback(timeout));
    }

    /** Returns the present producer; there is no other after it. */
    private synchronized Optional<WatchedProducer> last() {
        closed = true;
        Optional<WatchedProducer> last = Optional.ofNullable(used);
        used = null;
        return last;
    }

    /**
     * Waits while another thread replaces the producer. Makes one outside the lock of the close: an address look-up may
     * hang, and the close must not.
     */
    private WatchedProducer producer() {
        WatchedProducer known = used;
        if (known != null && !known.isGivenUp() && !closed) {
            return known;
        }
        synchronized (making) {
            if (isMissing()) {
                install(new WatchedProducer(factory.get(), topic, watch, nanoTime));
            }
        }
        return installed();
    }

    private synchronized boolean isMissing() {
        forgetEnded();
        return used == null && !closed;
    }

    private void install(WatchedProducer made) {
        if (!isInstalled(made)) {
            made.giveUp();
        }
    }

    private synchronized boolean isInstalled(WatchedProducer made) {
        used = closed ? null : made;
        return !closed;
    }

    private synchronized WatchedProducer installed() {
        if (closed) {
            throw new LostEventException(
                    LossReason.CLOSED, "the audit recorder was closed before the event was written");
        }
        if (used == null) {
            throw new ProducerReplacedException("the new Kafka producer was replaced at once");
        }
        if (used.isGivenUp()) {
            throw new ProducerReplacedException(
                    "the Kafka producer that is being replaced has not failed all its events yet");
        }
        return used;
    }

    /**
     * Does nothing if it is replaced already: the events that fail then report it as broken once more. Who needs the
     * next producer waits too; the close does not.
     */
    private void giveUp(WatchedProducer useless) {
        synchronized (making) {
            if (used == useless && useless.giveUp()) {
                useless.awaitEnd();
            }
        }
    }

    private void giveUp(WatchedProducer watched, WatchedProducer.Stuck stuck) {
        synchronized (making) {
            if (used == watched && !watched.isGivenUp()) {
                report(watched, stuck);
                giveUp(watched);
            }
        }
    }

    private void report(WatchedProducer watched, WatchedProducer.Stuck stuck) {
        LOG.warn(
                "partition {} of {} has acknowledged no audit event for {} s although its broker answers;"
                        + " {} events are sent again through a new Kafka producer (KAFKA-14359)",
                stuck.partition(),
                topic,
                stuck.time().toSeconds(),
                watched.unanswered());
        watch = watch.map(present -> present.next(stuck.hasAnswered()));
    }

    /** A producer stays the present one until it has failed its events, so that no later event is sent before. */
    private void forgetEnded() {
        if (used != null && used.hasEnded()) {
            used = null;
        }
    }

    /**
     * Separates a failure during the call, when the producer has not accepted the event, from a later one. Only the
     * first end of the event counts: a producer in an error state may throw and fail the event on its own thread too.
     */
    private final class Handing implements Callback {

        private final Outcome outcome;
        private final Thread caller = Thread.currentThread();
        private WatchedProducer producer;
        private PartitionProgress partition;
        private boolean during = true;
        private Throwable refusal;
        private boolean ended;

        Handing(Outcome outcome) {
            this.outcome = outcome;
        }

        void send(WatchedProducer through, AuditEvent event) {
            producer = through;
            if (!outcome.isNext()) {
                refusal = new KafkaException("an earlier event must be sent again first");
                return;
            }
            String key = SubjectKey.of(event.getSubject());
            partition = through.hand(key);
            through.producer().send(new ProducerRecord<>(topic, key, event), this);
        }

        @Override
        public void onCompletion(RecordMetadata written, Exception failure) {
            if (failure != null) {
                onCompletion(null, (Throwable) failure);
            } else if (isFirstEnd()) {
                partition.answered();
                outcome.written(new Ticket(written.topic(), written.partition(), written.offset()));
            }
        }

        void onCompletion(RecordMetadata nothing, Throwable failure) {
            if (producer != null && SendFailures.isOfTheProducer(failure)) {
                broken.set(producer);
            }
            if (Thread.currentThread() == caller && during) {
                refusal = early(failure);
            } else if (isFirstEnd()) {
                partition.answered();
                outcome.failed(late(failure));
            }
        }

        private synchronized boolean isFirstEnd() {
            boolean first = !ended;
            ended = true;
            return first;
        }

        /** Kafka answers with an IllegalStateException if another thread has begun to replace the producer. */
        private Throwable early(Throwable failure) {
            boolean replaced = failure instanceof IllegalStateException && producer != null && producer.isGivenUp();
            return replaced
                    ? new ProducerReplacedException("the Kafka producer was replaced during the call", failure)
                    : failure;
        }

        private Throwable late(Throwable failure) {
            return closed && SendFailures.isTemporary(failure)
                    ? new LostEventException(LossReason.CLOSED, failure)
                    : failure;
        }

        Optional<Throwable> end() {
            during = false;
            if (refusal == null || !isFirstEnd()) {
                return Optional.empty();
            }
            if (partition != null) {
                partition.refused();
            }
            if (!SendFailures.isTemporary(refusal)) {
                outcome.failed(refusal);
                return Optional.empty();
            }
            return Optional.of(refusal);
        }
    }
}
