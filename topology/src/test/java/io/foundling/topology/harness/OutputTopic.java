package io.foundling.topology.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Everything that was published to one topic, over all lives of the task. */
final class OutputTopic<V extends SpecificRecord> {

    private final String name;
    private final Deserializer<V> deserializer;
    private final List<Change<V>> changes = new ArrayList<>();
    private TestOutputTopic<byte[], byte[]> topic;

    OutputTopic(String name, Deserializer<V> deserializer) {
        this.name = name;
        this.deserializer = deserializer;
    }

    void connect(TopologyTestDriver driver) {
        topic = driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    List<Change<V>> changes() {
        for (TestRecord<byte[], byte[]> record : topic.readRecordsToList()) {
            changes.add(new Change<>(
                    new String(record.key(), UTF_8),
                    Optional.ofNullable(deserializer.deserialize(name, record.value())),
                    headers(record),
                    record.getRecordTime()));
        }
        return changes;
    }

    List<V> values() {
        return changes().stream().map(Change::value).flatMap(Optional::stream).toList();
    }

    /** What is left after compaction. */
    Map<String, V> materialised() {
        return materialised(changes());
    }

    static <V> Map<String, V> materialised(List<Change<V>> changes) {
        Map<String, V> table = new TreeMap<>();
        for (Change<V> change : changes) {
            change.value().ifPresentOrElse(value -> table.put(change.key(), value), () -> table.remove(change.key()));
        }
        return table;
    }

    static Map<String, String> headers(TestRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
