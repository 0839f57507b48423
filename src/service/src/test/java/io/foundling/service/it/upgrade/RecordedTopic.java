package io.foundling.service.it.upgrade;

import io.foundling.topology.names.Nodes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as it was.
 *
 * @param config what differs from the defaults of a broker
 * @param records in the order of each partition; of a compacted topic the last of each key
 */
record RecordedTopic(String name, int partitions, Map<String, String> config, List<RecordedRecord> records) {

    RecordedTopic {
        config = Map.copyOf(config);
        records = List.copyOf(records);
    }

    /** Whether it is the changelog of the ledger's store. */
    boolean isOfLedger() {
        return name.endsWith(Nodes.LEDGER_STORE + "-changelog");
    }

    /** Returns the topic to create: one that keeps the times of its records, and all of them, while it is filled. */
    NewTopic toFill() {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"));
    }
}
