package io.foundling.console.policies;

import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Encodes what somebody reads: closures, expectations, warnings and alerts. Of all else nobody sees the bytes. */
final class TrialSerializer implements Serializer<SpecificRecord> {

    private static final byte[] UNREAD = new byte[0];

    private final Serializer<SpecificRecord> serializer;
    private final Set<String> read;

    TrialSerializer(Serializer<SpecificRecord> serializer, TopicPrefix prefix) {
        this.serializer = serializer;
        read = Set.of(
                prefix.name(TopicNames.CLOSURES),
                prefix.name(TopicNames.EXPECTATIONS),
                prefix.name(TopicNames.ORPHANS),
                prefix.name(TopicNames.ALERTS));
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord value) {
        return read.contains(topic) ? serializer.serialize(topic, value) : UNREAD;
    }

    @Override
    public void close() {
        serializer.close();
    }
}
