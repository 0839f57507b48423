package io.foundling.topology.alert;

import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.store.StoreKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private AlertKeys() {}

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
        byte[] key = group.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(9 + key.length)
                .put(LOOK)
                .putLong(StoreKeys.sortable(atMs))
                .put(key)
                .array());
    }

    static Bytes lookFrom(long atMs) {
        return look(atMs, "");
    }

    static Bytes looksEnd() {
        return StoreKeys.firstOf((byte) (LOOK + 1));
    }

    static long lookAtMs(Bytes lookKey) {
        return StoreKeys.sortable(ByteBuffer.wrap(lookKey.get()).getLong(1));
    }

    static String groupOfLook(Bytes lookKey) {
        byte[] key = lookKey.get();
        return new String(key, 9, key.length - 9, StandardCharsets.UTF_8);
    }
}
