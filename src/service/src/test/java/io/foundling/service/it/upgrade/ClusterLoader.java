package io.foundling.service.it.upgrade;

import io.foundling.local.LocalStack;
import io.foundling.topology.store.StoreKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Puts a recorded cluster on a new stack. Records keep their times; the ids of schemas and topics become those that the
 * new registry and broker give. Nothing is deleted for its age afterwards, however old the recording is.
 */
final class ClusterLoader {

    private static final String OUTPUTS = "audit.";

    private final LocalStack stack;

    ClusterLoader(LocalStack stack) {
        this.stack = stack;
    }

    void load(RecordedCluster cluster) throws ExecutionException, InterruptedException {
        RegistryText registry = new RegistryText(stack.registryUrl());
        Map<Integer, Integer> ids = new HashMap<>();
        cluster.schemas().forEach(schema -> ids.put(schema.id(), registry.register(schema)));
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (Admin admin = Admin.create(settings);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            CreateTopicsResult created = admin.createTopics(
                    cluster.topics().stream().map(RecordedTopic::toFill).toList());
            created.all().get();
            for (RecordedTopic topic : cluster.topics()) {
                for (RecordedRecord each : topic.records()) {
                    byte[] value = topic.name().startsWith(OUTPUTS) ? withId(each.value(), ids) : each.value();
                    boolean namesTopic = topic.isOfLedger() && each.isOfKind("source") && value != null;
                    producer.send(each.to(topic.name(), namesTopic ? withTopicId(each, created) : value));
                }
            }
            producer.flush();
            configure(admin, cluster.topics());
            admin.alterConsumerGroupOffsets(
                            cluster.application(),
                            cluster.offsets().stream()
                                    .collect(Collectors.toMap(RecordedOffset::topicPartition, RecordedOffset::offset)))
                    .all()
                    .get();
        }
    }

    private static void configure(Admin admin, List<RecordedTopic> topics)
            throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (RecordedTopic topic : topics) {
            Map<String, String> config = new HashMap<>(topic.config());
            config.put("retention.ms", "-1");
            config.putIfAbsent("message.timestamp.type", "CreateTime");
            List<AlterConfigOp> all = new ArrayList<>();
            config.forEach((name, value) ->
                    all.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), all);
        }
        admin.incrementalAlterConfigs(changes).all().get();
    }

    /** What a ledger has stored of a source topic begins with the id of the topic. */
    private static byte[] withTopicId(RecordedRecord stored, CreateTopicsResult created)
            throws ExecutionException, InterruptedException {
        Uuid id = created.topicId(StoreKeys.text(Bytes.wrap(stored.key()))).get();
        byte[] changed = stored.value().clone();
        ByteBuffer.wrap(changed).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return changed;
    }

    /** A message is a zero, four bytes of the id, and the value. */
    private static byte[] withId(byte[] value, Map<Integer, Integer> ids) {
        if (value == null || value.length < 5 || value[0] != 0) {
            return value;
        }
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        byte[] changed = value.clone();
        ByteBuffer.wrap(changed, 1, 4).putInt(ids.getOrDefault(id, id));
        return changed;
    }
}
