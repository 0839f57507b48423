package io.foundling.console.model.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the reader needs to know of its surroundings.
 *
 * @param group in which processes share the partitions
 * @param instance name of this process, unique in the group
 * @param kafka settings of every Kafka client
 * @param avro settings of the serdes
 */
public record ReaderSettings(
        String group,
        String instance,
        Map<String, Object> kafka,
        Map<String, Object> avro,
        List<ModelTopic<?>> topics) {

    public ReaderSettings {
        kafka = Map.copyOf(kafka);
        avro = new HashMap<>(avro);
        topics = List.copyOf(topics);
    }

    /** Leaves the settings of clients and serdes out, which hold passwords. */
    @Override
    public String toString() {
        return "group " + group + ", instance " + instance + ", topics "
                + topics.stream().map(ModelTopic::name).toList();
    }

    /** Returns the name of the group of an application. */
    public static String group(String application) {
        return application + "-console";
    }
}
