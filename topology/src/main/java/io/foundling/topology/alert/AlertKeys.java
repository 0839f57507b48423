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
        return StoreKeys.timed(LOOK, atMs, group);
    }

    static Bytes cursor() {
        return StoreKeys.firstOf(CURSOR);
    }
}
