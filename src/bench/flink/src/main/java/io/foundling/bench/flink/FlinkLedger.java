package io.foundling.bench.flink;

import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Keyed state and event-time timers, exactly once from topic to topic: {@code FlinkLedger BOOTSTRAP_SERVERS REGISTRY_URL
 * SOURCE OUTPUT GROUP DIRECTORY BACKEND CHECKPOINT_MS PARALLELISM}. It runs until the process ends.
 */
public final class FlinkLedger {

    private FlinkLedger() {}

    public static void main(String[] args) throws Exception {
        Configuration config = FlinkSettings.of(args[5], args[6], Long.parseLong(args[7]));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(Integer.parseInt(args[8]), config);
        environment
                .fromSource(source(args[0], args[2], args[4]), watermarks(), "events")
                .keyBy(ReadEvent::key, Types.STRING)
                .process(new LedgerFunction(args[1], args[3]))
                .name("fold")
                .returns(Change.TYPE)
                .sinkTo(sink(args[0], args[3], args[4]))
                .name("output");
        environment.execute(args[4]);
    }

    private static KafkaSource<ReadEvent> source(String bootstrapServers, String topic, String group) {
        return KafkaSource.<ReadEvent>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topic)
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new EventReading())
                .build();
    }

    private static WatermarkStrategy<ReadEvent> watermarks() {
        return WatermarkStrategy.<ReadEvent>forGenerator(context -> new ReadingWatermarks())
                .withTimestampAssigner((event, appendedMs) -> appendedMs);
    }

    private static KafkaSink<Change> sink(String bootstrapServers, String topic, String group) {
        Properties producer = new Properties();
        producer.put("compression.type", "lz4");
        producer.put("linger.ms", "200");
        producer.put("batch.size", Integer.toString(128 * 1024));
        // Not beyond what a broker allows by default; Flink's own default is.
        producer.put("transaction.timeout.ms", "600000");
        return KafkaSink.<Change>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(new ChangeWriting(topic))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(group)
                .build();
    }
}
