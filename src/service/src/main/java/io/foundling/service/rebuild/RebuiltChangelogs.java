package io.foundling.service.rebuild;

import io.foundling.schemas.failure.Causes;
import io.foundling.service.tail.Tail;
import io.foundling.service.topics.BrokerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;

/**
 * The changelogs that the last rebuild made. Any other changelog that was made anew was so by accident.
 *
 * @param ids of the topics, by name
 */
public record RebuiltChangelogs(Map<String, Uuid> ids) {

    public RebuiltChangelogs {
        ids = Map.copyOf(ids);
    }

    /**
     * Reads them from the topic in which a rebuild has written them.
     *
     * @param topic that exists
     * @throws BrokerUnavailableException if it cannot be read
     */
    public static RebuiltChangelogs read(Map<String, ?> kafka, String topic) {
        Map<String, Uuid> ids = new HashMap<>();
        try (Tail tail = Tail.open(kafka, topic, true, false)) {
            tail.run(record -> {
                ids.put(text(record.key()), Uuid.fromString(text(record.value())));
                return true;
            });
        } catch (KafkaException failure) {
            throw new BrokerUnavailableException(
                    "topic " + topic + " cannot be read: " + Causes.sentence(failure), failure);
        }
        return new RebuiltChangelogs(ids);
    }

    /** Returns the entries of that topic. */
    Map<Bytes, byte[]> entries() {
        Map<Bytes, byte[]> entries = new HashMap<>();
        ids.forEach((name, id) -> entries.put(Bytes.wrap(bytes(name)), bytes(id.toString())));
        return entries;
    }

    /** Whether all of the changelogs were made by the rebuild. */
    public boolean containsAll(Map<String, Uuid> changelogs) {
        return ids.entrySet().containsAll(changelogs.entrySet());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
