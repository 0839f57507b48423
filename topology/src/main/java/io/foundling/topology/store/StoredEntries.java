package io.foundling.topology.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the entries of the store of one task, and decides what happens to one that cannot be decoded (rule S1): the
 * task is restored from its changelog, or the entry is set aside and is as if it had never been stored. All facades over
 * the store share one, so that every path that meets damaged bytes does the same. A sound entry costs nothing more. For
 * the stream thread of the task.
 */
public final class StoredEntries {

    private static final Logger LOG = LoggerFactory.getLogger(StoredEntries.class);

    /** How long the bytes of an entry are kept after it was set aside. */
    static final long KEPT_MS = 30L * 24 * 60 * 60 * 1_000;

    private static final int MAX_LOGGED = 1_200;

    private final KeyValueStore<Bytes, byte[]> store;
    private final TaskId task;
    private final Function<Bytes, String> kinds;
    private final Restoring restoring;
    private final LongSupplier wallMs;
    private final ObjLongConsumer<String> report;
    private final boolean keepsValues;

    /** How many entries of each kind are set aside; a kind that ever had one in this life of the task stays, with 0. */
    private final Map<String, Long> setAside = new TreeMap<>();

    /** The earliest time at which an entry was set aside. */
    private long oldestMs = Long.MAX_VALUE;

    /**
     * Opens a restored store.
     *
     * @param kinds names the kind of entry that a key is one of
     * @param keepsValues whether the bytes of what is set aside are kept, and not its key alone: only in a task that
     *     learns which subjects are erased, and can delete them
     * @param report takes how many entries of a kind are set aside
     */
    public StoredEntries(
            KeyValueStore<Bytes, byte[]> store,
            TaskId task,
            Function<Bytes, String> kinds,
            Restoring restoring,
            LongSupplier wallMs,
            boolean keepsValues,
            ObjLongConsumer<String> report) {
        this.keepsValues = keepsValues;
        this.store = store;
        this.task = task;
        this.kinds = kinds;
        this.restoring = restoring;
        this.wallMs = wallMs;
        this.report = report;
        for (KeyValue<Bytes, byte[]> each : allSetAside()) {
            count(each.key, 1);
            oldestMs = Math.min(oldestMs, setAsideMs(each.value));
        }
    }

    /** Opens the store of a ledger of which nothing is restored or reported. */
    public static StoredEntries of(KeyValueStore<Bytes, byte[]> store) {
        return new StoredEntries(
                store, new TaskId(0, 0), StoreKeys::kind, Restoring.NEVER, () -> 0, true, (kind, count) -> {});
    }

    /** Returns the store itself. */
    public KeyValueStore<Bytes, byte[]> bytes() {
        return store;
    }

    /** Returns the value of an entry; {@code absent} if there is none, or if it had to be set aside. */
    public <T> T get(Bytes key, Function<byte[], T> decoder, T absent) {
        byte[] value = store.get(key);
        return value == null ? absent : read(key, value, decoder, absent);
    }

    /** Decodes the value of an entry; returns {@code absent} if it had to be set aside. */
    public <T> T read(Bytes key, byte[] value, Function<byte[], T> decoder, T absent) {
        return read(key, value, decoder, absent, true);
    }

    /** Decodes what was received and would be stored under a key: a restore could not mend it. */
    public <T> T received(Bytes key, byte[] value, Function<byte[], T> decoder, T absent) {
        return read(key, value, decoder, absent, false);
    }

    private <T> T read(Bytes key, byte[] value, Function<byte[], T> decoder, T absent, boolean isMendable) {
        try {
            return decoder.apply(value);
        } catch (NewerFormException newer) {
            throw newer.in(store.name(), task.toString());
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException undecodable) {
            setAside(key, value, undecodable, isMendable);
            return absent;
        }
    }

    /**
     * Reads all entries of a kind.
     *
     * @param reader decodes an entry before it changes anything: one on which it fails is set aside
     */
    public void readAll(byte kind, Consumer<KeyValue<Bytes, byte[]>> reader) {
        readAll(StoreKeys.firstOf(kind), StoreKeys.firstOf((byte) (kind + 1)), reader);
    }

    /** Reads all entries from a key on and before another. */
    public void readAll(Bytes from, Bytes to, Consumer<KeyValue<Bytes, byte[]>> reader) {
        scan(from, to, reader).forEach((entry, why) -> setAside(entry.key, entry.value, why));
    }

    /** Reads all entries of a kind, sets none aside, and returns the keys of those that cannot be decoded. */
    List<Bytes> scan(byte kind, Consumer<KeyValue<Bytes, byte[]>> reader) {
        return scan(StoreKeys.firstOf(kind), StoreKeys.firstOf((byte) (kind + 1)), reader).keySet().stream()
                .map(each -> each.key)
                .toList();
    }

    private Map<KeyValue<Bytes, byte[]>, RuntimeException> scan(
            Bytes from, Bytes to, Consumer<KeyValue<Bytes, byte[]>> reader) {
        Map<KeyValue<Bytes, byte[]>, RuntimeException> undecodable = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> each = entries.next();
                try {
                    // The end is included, and may be an entry of another kind.
                    if (each.key.get()[0] == from.get()[0]) {
                        reader.accept(each);
                    }
                } catch (NewerFormException newer) {
                    throw newer.in(store.name(), task.toString());
                } catch (KafkaException storeFailure) {
                    throw storeFailure;
                } catch (RuntimeException failure) {
                    undecodable.put(each, failure);
                }
            }
        }
        return undecodable;
    }

    /**
     * Deals with an entry that cannot be decoded: moves it aside.
     *
     * @throws DamagedEntryException if the task is to be restored instead
     */
    public void setAside(Bytes key, byte[] value, RuntimeException why) {
        setAside(key, value, why, true);
    }

    private void setAside(Bytes key, byte[] value, RuntimeException why, boolean isMendable) {
        String what = "the entry of kind " + kinds.apply(key) + " with the key " + text(key) + " in " + store.name()
                + " of task " + task;
        if (isMendable && restoring.restores(task, key)) {
            throw new DamagedEntryException(what + " cannot be decoded (" + why.getMessage() + ")", why);
        }
        LOG.error(
                "{} cannot be decoded, and a restore did not mend it ({}). It is set aside, and everything else goes on; its"
                        + " {} kept for 30 days under the key 0x{}: see \"What are damaged entries?\" in operation.md",
                what,
                why.getMessage(),
                keepsValues ? "bytes are" : "key is",
                String.format("%02x", StoreKeys.SET_ASIDE));
        long nowMs = wallMs.getAsLong();
        byte[] bytes = keepsValues ? value : new byte[0];
        byte[] kept = ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(nowMs)
                .put(bytes)
                .array();
        Bytes aside = StoreKeys.setAside(key);
        boolean isNew = store.get(aside) == null;
        store.putAll(List.of(KeyValue.pair(aside, kept), KeyValue.pair(key, null)));
        oldestMs = Math.min(oldestMs, nowMs);
        count(aside, isNew ? 1 : 0);
    }

    /** Whether an entry was set aside under a key; costs no access to the store unless anything was. */
    boolean isSetAside(Bytes key) {
        return oldestMs != Long.MAX_VALUE && store.get(StoreKeys.setAside(key)) != null;
    }

    /** Deletes what was set aside long enough ago; costs no access to the store unless something was. */
    public void forgetOld() {
        long nowMs = wallMs.getAsLong();
        if (oldestMs == Long.MAX_VALUE || nowMs - oldestMs <= KEPT_MS) {
            return;
        }
        oldestMs = Long.MAX_VALUE;
        for (KeyValue<Bytes, byte[]> each : allSetAside()) {
            long sinceMs = setAsideMs(each.value);
            if (nowMs - sinceMs > KEPT_MS) {
                delete(each.key);
            } else {
                oldestMs = Math.min(oldestMs, sinceMs);
            }
        }
    }

    /** Deletes what was set aside and names a subject in its key or in its bytes (rule R5). */
    public void forget(String subjectKey) {
        if (oldestMs == Long.MAX_VALUE) {
            return;
        }
        String named = latin(subjectKey.getBytes(StandardCharsets.UTF_8));
        for (KeyValue<Bytes, byte[]> each : allSetAside()) {
            if (latin(each.key.get()).contains(named) || latin(each.value).contains(named)) {
                delete(each.key);
            }
        }
    }

    private void delete(Bytes aside) {
        store.delete(aside);
        count(aside, -1);
    }

    private List<KeyValue<Bytes, byte[]>> allSetAside() {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(
                StoreKeys.firstOf(StoreKeys.SET_ASIDE), StoreKeys.firstOf((byte) (StoreKeys.SET_ASIDE + 1)))) {
            all.forEachRemaining(found::add);
        }
        return found;
    }

    private void count(Bytes aside, long change) {
        String kind = kinds.apply(StoreKeys.wasSetAside(aside));
        report.accept(kind, setAside.merge(kind, change, Long::sum));
    }

    /** What is set aside cannot be damaged: its first bytes are a time, or it is as old as can be. */
    private static long setAsideMs(byte[] kept) {
        return kept.length < Long.BYTES ? 0 : ByteBuffer.wrap(kept).getLong();
    }

    /** One character for each byte. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns a key as it can be logged: what follows its first byte, without control characters. */
    private static String text(Bytes key) {
        String text = key.get().length == 0 ? "" : StoreKeys.text(key).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MAX_LOGGED ? text : text.substring(0, MAX_LOGGED);
    }
}
