package io.foundling.topology.task;

import io.foundling.topology.lifecycle.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;

/** Where a subject belongs: under its own key, in the partition that Kafka's default partitioner gives that key. */
public final class SubjectPartition {

    /** How much of a key a message shows. */
    private static final int SHOWN_KEY_BYTES = 300;

    private final int partitions;

    public SubjectPartition(int partitions) {
        this.partitions = partitions;
    }

    /** Whether a record is in the right place: two tasks must never hold one subject. */
    public boolean holds(String subjectKey, byte[] key, int partition) {
        byte[] expected = subjectKey.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(expected, key) && of(expected) == partition;
    }

    /** Returns what was found and expected, for the dead letter of a record in a wrong place. */
    public String misplaced(String subjectKey, byte[] key, int partition) {
        String found = key == null ? "null" : "'" + new String(key, StandardCharsets.UTF_8) + "'";
        return "the record has key " + Texts.truncate(found, SHOWN_KEY_BYTES) + " in partition " + partition
                + "; expected key '" + Texts.truncate(subjectKey, SHOWN_KEY_BYTES) + "' in partition "
                + of(subjectKey)
                + " (murmur2 of the key); clients built on librdkafka need partitioner=murmur2_random";
    }

    /** Returns the partition of a subject. */
    public int of(String subjectKey) {
        return of(subjectKey.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the partition of a subject key in UTF-8. */
    public int of(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
