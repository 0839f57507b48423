package io.foundling.topology.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/** The layout of the store's keys as an outsider knows it. */
public final class StoredKeys {

    private StoredKeys() {}

    /** Returns where a record of the usual source and stage is stored. */
    public static Bytes subject(String id) {
        byte[] key = Events.key(id).getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put((byte) 0x01).put(key).array());
    }

    /** Returns where it is stored what a partition knows of a batch of the usual source and stage. */
    public static Bytes parent(String batch) {
        byte[] key = SubjectKey.of(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, batch)
                .getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put((byte) 0x40).put(key).array());
    }

    /** Returns where the partition of a parent stores what it sent about it. */
    public static Bytes parenthood(String parentKey) {
        byte[] key = parentKey.getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put((byte) 0x42).put(key).array());
    }

    /** Returns the place of a subject in the expiry index. */
    public static Bytes expiry(Instant due, String subjectKey) {
        byte[] key = subjectKey.getBytes(UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(9 + key.length)
                .put((byte) 0x02)
                .putLong(due.toEpochMilli() ^ Long.MIN_VALUE)
                .put(key)
                .array());
    }
}
