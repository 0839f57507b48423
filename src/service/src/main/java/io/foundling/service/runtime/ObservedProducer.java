package io.foundling.service.runtime;

import io.foundling.service.metrics.CommittedCounts;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer of a stream thread, which says what became of each transaction. Used by that thread alone. */
final class ObservedProducer extends KafkaProducer<byte[], byte[]> {

    private final CommittedCounts counts;

    ObservedProducer(Map<String, Object> config, CommittedCounts counts) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.counts = counts;
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        counts.committed();
    }

    @Override
    public void abortTransaction() {
        counts.aborted();
        super.abortTransaction();
    }

    /** A thread that loses a task gets another producer; the open transaction of this one never commits. */
    @Override
    public void close() {
        counts.aborted();
        super.close();
    }
}
