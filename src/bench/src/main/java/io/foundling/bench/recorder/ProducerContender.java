package io.foundling.bench.recorder;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A plain Kafka producer on the caller's thread. */
final class ProducerContender implements Contender {

    private final KafkaProducer<String, AuditEvent> producer;
    private final String topic;
    private final LongAdder lost = new LongAdder();
    private final Callback counting = (written, failure) -> {
        if (failure != null) {
            lost.increment();
        }
    };

    ProducerContender(Site site) {
        this.producer = site.producer();
        this.topic = site.topic();
    }

    @Override
    public void call(long n, Subject subject) {
        try {
            // The callback also gets the time-outs of the call itself.
            producer.send(new ProducerRecord<>(topic, SubjectKey.of(subject), Workload.event(n, subject)), counting);
        } catch (RuntimeException failure) {
            lost.increment();
        }
    }

    @Override
    public boolean settle(Duration limit) {
        try {
            CompletableFuture.runAsync(producer::flush, task -> new Thread(task, "bench-flush").start())
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException tooSlow) {
            return false;
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("The producer could not be flushed", failure);
        }
    }

    @Override
    public long lost() {
        return lost.sum();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
