package io.foundling.service.tail;

import io.foundling.console.topics.GrouplessConsumer;
import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the committed records of topics, to their end or for ever. It is in no group, so that no other reader is affected.
 */
public final class Tail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    /** A partition that does not answer does not hold back the others for longer. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    /** A tail that is to end waits no longer for a broker that gives nothing. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final TailStart start;
    private final boolean follow;
    private final boolean isOrdered;
    private final Duration standstill;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    /** @param standstill how long nothing may come if this is to end */
    Tail(
            Consumer<byte[], byte[]> consumer,
            List<String> topics,
            TailStart start,
            boolean follow,
            boolean isOrdered,
            Duration standstill) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics);
        this.start = start;
        this.follow = follow;
        this.isOrdered = isOrdered;
        this.standstill = standstill;
    }

    /**
     * Opens a consumer of one topic, whose partitions are read as they come; settings that a correct tail needs override
     * the given ones.
     */
    public static Tail open(Map<String, ?> kafka, String topic, boolean fromBeginning, boolean follow) {
        TailStart start = fromBeginning ? TailStart.OLDEST : TailStart.NEXT;
        return new Tail(GrouplessConsumer.open(kafka, Map.of()), List.of(topic), start, follow, false, STANDSTILL);
    }

    /** Opens a consumer of topics whose records come in the order of their timestamps, across all partitions. */
    public static Tail ordered(Map<String, ?> kafka, List<String> topics, TailStart start, boolean follow) {
        return new Tail(GrouplessConsumer.open(kafka, Map.of()), topics, start, follow, true, STANDSTILL);
    }

    /**
     * Hands over every record until the end, {@link #stop}, or an answer of false.
     *
     * @throws BrokerUnavailableException if the broker does not answer, or gives nothing up to the end for too long
     */
    public void run(Predicate<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            start.seek(consumer, ends);
            if (isOrdered) {
                runOrdered(ends, reader);
            } else {
                runAsTheyCome(ends, reader);
            }
        } catch (WakeupException stop) {
            // Stopped while it waited.
        } catch (TimeoutException silent) {
            throw new BrokerUnavailableException("the broker does not answer: " + silent.getMessage(), silent);
        } finally {
            ended.countDown();
        }
    }

    private void runAsTheyCome(Map<TopicPartition, Long> ends, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
        Standstill silence = new Standstill(consumer, ends, standstill);
        while (!stopped && (follow || !reached(ends))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (stopped || !reader.test(record)) {
                    return;
                }
                silence.moved();
            }
            if (!follow) {
                silence.check();
            }
        }
    }

    private void runOrdered(Map<TopicPartition, Long> ends, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
        TimeOrder order = new TimeOrder(ends.keySet());
        Standstill silence = new Standstill(consumer, ends, standstill);
        long lastNs = System.nanoTime();
        while (!stopped && (follow || !order.isEmpty() || !reached(ends))) {
            consumer.pause(ends.keySet().stream().filter(order::isFull).toList());
            consumer.resume(ends.keySet().stream()
                    .filter(partition -> !order.isFull(partition))
                    .toList());
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                order.add(record);
                lastNs = System.nanoTime();
            }
            boolean isPatient = System.nanoTime() - lastNs < PATIENCE_NS;
            Set<TopicPartition> unread = isPatient ? unread(ends) : Set.of();
            Optional<ConsumerRecord<byte[], byte[]>> next = order.next(unread);
            while (next.isPresent()) {
                if (stopped || !reader.test(next.get())) {
                    return;
                }
                lastNs = System.nanoTime();
                silence.moved();
                next = order.next(unread);
            }
            if (!follow) {
                silence.check();
            }
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

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().allMatch(partition -> reached(partition, ends));
    }

    /** The position also moves past markers and aborted records, so this ends where nothing committed follows. */
    private boolean reached(TopicPartition partition, Map<TopicPartition, Long> ends) {
        return consumer.position(partition) >= ends.get(partition);
    }

    /** Returns the partitions that have more; the consumer knows how far behind it is by what it last fetched. */
    private Set<TopicPartition> unread(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream()
                .filter(partition -> follow ? consumer.currentLag(partition).orElse(1) > 0 : !reached(partition, ends))
                .collect(Collectors.toSet());
    }
}
