package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.client.internal.broker.ClusterNamed;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's own mock with a broker that can be away, frozen or slow; on close it fails what is under way, as the real one
 * does.
 */
final class FakeProducer extends MockProducer<String, AuditEvent> implements ClusterNamed {

    final InMemoryRegistryClient registry;
    private final CountDownLatch thawed = new CountDownLatch(1);
    private volatile boolean frozen;
    private volatile boolean endless;
    private volatile long pauseNanos;
    private volatile boolean away;
    private volatile Optional<String> cluster = Optional.empty();
    private final AtomicReference<Thread> closer = new AtomicReference<>();
    private final AtomicReference<Throwable> next = new AtomicReference<>();
    private final Map<String, Exception> refused = new ConcurrentHashMap<>();

    private FakeProducer(boolean acknowledges, InMemoryRegistryClient registry) {
        super(acknowledges, null, new StringSerializer(), new AvroSerializer<>(registry));
        this.registry = registry;
    }

    static FakeProducer acknowledging() {
        return new FakeProducer(true, new InMemoryRegistryClient());
    }

    /** Takes events and says nothing about them. */
    static FakeProducer silent() {
        return new FakeProducer(false, new InMemoryRegistryClient());
    }

    /** Every call waits, as with a full buffer, until {@link #thaw()}. */
    FakeProducer frozen() {
        frozen = true;
        return this;
    }

    /** Every call takes this long. */
    FakeProducer slow(Duration pause) {
        pauseNanos = pause.toNanos();
        return this;
    }

    /** Does not end when it is closed, as if its thread waited for a broker, until {@link #thaw()}. */
    FakeProducer endless() {
        endless = true;
        return this;
    }

    void thaw() {
        thawed.countDown();
    }

    /** Every call fails as without metadata. */
    FakeProducer away(boolean isAway) {
        away = isAway;
        return this;
    }

    /** The next call throws. */
    FakeProducer failing(Throwable failure) {
        next.set(failure);
        return this;
    }

    /** The next event about this subject is accepted and then fails, on a thread of the producer. */
    FakeProducer refusing(String id, Exception failure) {
        refused.put(id, failure);
        return this;
    }

    /** Its brokers are of this cluster. */
    FakeProducer of(String clusterId) {
        cluster = Optional.of(clusterId);
        return this;
    }

    @Override
    public Optional<String> cluster() {
        return cluster;
    }

    /** Returns the thread that closed it last. */
    AtomicReference<Thread> closer() {
        return closer;
    }

    List<AuditEvent> sent() {
        return history().stream().map(ProducerRecord::value).toList();
    }

    Stream<String> sentIds() {
        return sent().stream().map(event -> event.getSubject().getId());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, AuditEvent> record, Callback callback) {
        Throwable failure = next.getAndSet(null);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (away) {
            callback.onCompletion(null, new TimeoutException("Topic audit.events not present in metadata"));
            return null;
        }
        if (frozen) {
            awaitThaw();
        }
        if (pauseNanos > 0) {
            LockSupport.parkNanos(pauseNanos);
        }
        Exception refusal = refused.remove(record.value().getSubject().getId());
        if (refusal != null) {
            new Thread(() -> callback.onCompletion(null, refusal)).start();
            return null;
        }
        return super.send(record, callback);
    }

    @Override
    public void close(Duration timeout) {
        closer.set(Thread.currentThread());
        if (endless) {
            awaitThaw();
        }
        while (errorNext(new KafkaException("Producer is closed forcefully."))) {
            // all that is under way
        }
        super.close(timeout);
    }

    private void awaitThaw() {
        try {
            thawed.await();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
