package io.foundling.topology.ledger;

import io.foundling.topology.lifecycle.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;

/** Where a subject belongs: under its own key, in the partition that Kafka's default partitioner gives that key. */
final class SubjectPartition {

    /** How much of a key a message shows. */
    private static final int SHOWN_KEY_BYTES = 300;

    private final int partitions;

    SubjectPartition(int partitions) {
        this.partitions = partitions;
    }

    /** Whether a record is in the right place: two tasks must never hold one subject. */
    boolean holds(String subjectKey, byte[] key, int partition) {
        byte[] expected = subjectKey.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(expected, key) && partitionOf(expected) == partition;
    }

    /** Returns what was found and expected, for the dead letter of a record in a wrong place. */
    String misplaced(String subjectKey, byte[] key, int partition) {
        String found = key == null ? "null" : "'" + new String(key, StandardCharsets.UTF_8) + "'";
        return "the record has key " + Texts.truncate(found, SHOWN_KEY_BYTES) + " in partition " + partition
                + "; expected key '" + Texts.truncate(subjectKey, SHOWN_KEY_BYTES) + "' in partition "
                + partitionOf(subjectKey.getBytes(StandardCharsets.UTF_8))
                + " (murmur2 of the key); clients built on librdkafka need partitioner=murmur2_random";
    }

    private int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
