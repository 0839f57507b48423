package io.foundling.client.internal.broker;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer whose test answers each partition, and sets what is known of leaders and of their answers. */
final class ScriptedProducer extends MockProducer<String, AuditEvent> {

    private static final Node LEADER = new Node(1, "one", 1);
    private static final Node FOLLOWER = new Node(2, "two", 1);
    private static final MetricName ANSWERS =
            new MetricName("response-total", "producer-node-metrics", "", Map.of("node-id", "node-1"));

    private final Map<Integer, Deque<Callback>> underWay = new HashMap<>();
    private final Set<Integer> leaderless = new HashSet<>();
    private final Set<Integer> alone = new HashSet<>();
    private int partitions;
    private double answers;
    private boolean away;
    private RuntimeException refusal;
    private Runnable during;
    private Runnable whileClosing = () -> {};
    private RuntimeException afterNext;

    ScriptedProducer(int partitions) {
        super(false, null, new StringSerializer(), new AvroSerializer<>(new InMemoryRegistryClient()));
        this.partitions = partitions;
        setMockMetrics(ANSWERS, new Metric() {
            @Override
            public MetricName metricName() {
                return ANSWERS;
            }

            @Override
            public Object metricValue() {
                return answers;
            }
        });
    }

    void partitions(int number) {
        partitions = number;
    }

    void leaderless(int partition) {
        leaderless.add(partition);
    }

    /** Leaves the leader as the only one of three replicas that is in sync. */
    void withoutReplicas(int partition) {
        alone.add(partition);
    }

    void away() {
        away = true;
    }

    void refuseNext(RuntimeException failure) {
        refusal = failure;
    }

    /** Takes the next event and throws nevertheless, as a producer in an error state. */
    void takeNextAndThrow(RuntimeException failure) {
        afterNext = failure;
    }

    /** Runs when the producer takes no event any more and has not yet failed those that it has. */
    void whileClosing(Runnable action) {
        whileClosing = action;
    }

    /** Returns how many events have no outcome. */
    long underWay() {
        return underWay.values().stream().mapToLong(Deque::size).sum();
    }

    void duringNextCall(Runnable action) {
        during = action;
    }

    /** Acknowledges what is under way to a partition. */
    void answer(int partition) {
        Deque<Callback> waiting = underWay.getOrDefault(partition, new ArrayDeque<>());
        RecordMetadata written = new RecordMetadata(new TopicPartition("audit.events", partition), 0, 0, 0, 0, 0);
        while (!waiting.isEmpty()) {
            waiting.remove().onCompletion(written, null);
        }
    }

    void countAnAnswer() {
        answers += away ? 0 : 1;
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new PartitionInfo(
                        topic,
                        partition,
                        leaderless.contains(partition) ? null : LEADER,
                        new Node[] {LEADER, FOLLOWER, FOLLOWER},
                        alone.contains(partition) ? new Node[] {LEADER} : new Node[] {LEADER, FOLLOWER}))
                .toList();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, AuditEvent> record, Callback callback) {
        Runnable action = during;
        during = null;
        if (action != null) {
            action.run();
        }
        RuntimeException failure = refusal;
        refusal = null;
        if (failure != null) {
            throw failure;
        }
        if (closed()) {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        }
        int partition = LinkHarness.partition(record.value().getSubject(), partitions);
        underWay.computeIfAbsent(partition, none -> new ArrayDeque<>()).add(callback);
        failure = afterNext;
        afterNext = null;
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    @Override
    public void close(Duration timeout) {
        super.close(timeout);
        whileClosing.run();
        underWay.values().forEach(waiting -> {
            while (!waiting.isEmpty()) {
                waiting.remove().onCompletion(null, new KafkaException("Producer is closed forcefully."));
            }
        });
    }
}
