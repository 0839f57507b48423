package io.foundling.console.model.reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that shares the partitions with other processes. Positions are no matter of its group. A process that ends
 * leaves the group at once; one that is killed is missed after its session timeout, or takes its place again under the
 * same name of instance. All partitions are assigned in one step: with a cooperative assignor, a member that is killed between
 * two steps and comes back under its name leaves partitions to nobody.
 */
final class GroupConsumer implements AutoCloseable {

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(3);
    private static final int SESSION_MS = 15_000;
    private static final int RECORDS_A_POLL = 8_000;

    private final Consumer<byte[], byte[]> consumer;

    GroupConsumer(ReaderSettings settings) {
        Map<String, Object> kafka = new HashMap<>();
        kafka.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        kafka.putAll(settings.kafka());
        kafka.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        kafka.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class.getName()));
        kafka.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        kafka.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
        kafka.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSES_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
