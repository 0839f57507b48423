package io.foundling.topology.alert;

import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.store.StoreKeys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the alerts store. The first byte names the kind of entry and, with it, the version of its format; a new
 * format is a new byte.
 */
final class AlertKeys {

    /** Then the key of a group. Value: {@link GroupCodec}. */
    static final byte GROUP = 0x01;

    /** Then the key of a group, a zero byte, the partition that sent it. Value: {@link AccountCodec}. */
    static final byte ACCOUNT = 0x02;

    /** Then the time at which to look at a group, then its key. No value. */
    static final byte LOOK = 0x03;

    /** Value: the cursor of the index of looks, see {@link io.foundling.topology.store.TimeIndex}. */
    static final byte CURSOR = 0x04;

    /** Then the key of a group. Only what was received and could not be decoded has such a key, and is set aside. */
    static final byte RECEIVED = 0x05;

    private AlertKeys() {}

    /** Names the kind of entry that a key of the alerts store is one of. */
    static String kind(Bytes key) {
        return switch (key.get()[0]) {
            case GROUP -> "alert";
            case ACCOUNT -> "alert_account";
            case LOOK -> "alert_look";
            case CURSOR -> "alert_cursor";
            case RECEIVED -> "received_account";
            default -> "other";
        };
    }

    static Bytes received(byte[] recordKey) {
        byte[] key = recordKey == null ? new byte[0] : recordKey;
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put(RECEIVED).put(key).array());
    }

    static Bytes group(String group) {
        return StoreKeys.key(GROUP, group);
    }

    static Bytes account(String group, int partition) {
        byte[] prefix = accountsFrom(group).get();
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + 4)
                .put(prefix)
                .putInt(partition)
                .array());
    }

    static Bytes accountsFrom(String group) {
        return StoreKeys.key(ACCOUNT, group + '\0');
    }

    static Bytes accountsEnd(String group) {
        return StoreKeys.key(ACCOUNT, group + '\1');
    }

    static Bytes look(long atMs, String group) {
        return StoreKeys.timed(LOOK, atMs, group);
    }

    static Bytes cursor() {
        return StoreKeys.firstOf(CURSOR);
    }
}
