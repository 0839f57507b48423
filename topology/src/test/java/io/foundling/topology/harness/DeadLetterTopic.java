package io.foundling.topology.harness;

import io.foundling.topology.names.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** All dead letters, over all lives of the task. */
final class DeadLetterTopic {

    private final List<DeadLetter> letters = new ArrayList<>();
    private TestOutputTopic<byte[], byte[]> topic;

    void connect(TopologyTestDriver driver) {
        topic = driver.createOutputTopic(
                TopicNames.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    List<DeadLetter> letters() {
        for (TestRecord<byte[], byte[]> record : topic.readRecordsToList()) {
            letters.add(new DeadLetter(
                    Optional.ofNullable(record.key()),
                    Optional.ofNullable(record.value()),
                    OutputTopic.headers(record)));
        }
        return letters;
    }
}
