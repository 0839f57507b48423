package io.foundling.service.tail;

import io.foundling.console.topics.GrouplessConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the committed records of one topic, to its end or for ever. It is in no group, so that no other reader is
 * affected.
 */
public final class Tail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final boolean fromBeginning;
    private final boolean follow;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    private Tail(Consumer<byte[], byte[]> consumer, String topic, boolean fromBeginning, boolean follow) {
        this.consumer = consumer;
        this.topic = topic;
        this.fromBeginning = fromBeginning;
        this.follow = follow;
    }

    /** Opens a consumer; settings that a correct tail needs override the given ones. */
    public static Tail open(Map<String, ?> kafka, String topic, boolean fromBeginning, boolean follow) {
        return new Tail(GrouplessConsumer.open(kafka, Map.of()), topic, fromBeginning, follow);
    }

    /** Hands over every record until the end, {@link #stop}, or an answer of false. */
    public void run(Predicate<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                ends.forEach(consumer::seek);
            }
            while (!stopped && (follow || !reached(ends))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (stopped || !reader.test(record)) {
                        return;
                    }
                }
            }
        } catch (WakeupException stop) {
            // Stopped while it waited.
        } finally {
            ended.countDown();
        }
    }

    /** Ends {@link #run} from another thread and waits a moment for it. */
    public void stop() {
        stopped = true;
        consumer.wakeup();
        try {
            ended.await(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    /** The position also moves past markers and aborted records, so this ends where nothing committed follows. */
    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
