package io.foundling.topology.store.buffer;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The entries of a store with what was written since: of two with one key the written one counts. */
final class MergedEntries implements KeyValueIterator<Bytes, byte[]> {

    private final Iterator<Map.Entry<Bytes, byte[]>> written;
    private final KeyValueIterator<Bytes, byte[]> stored;
    private final UnaryOperator<byte[]> values;
    private final Runnable end;
    private KeyValue<Bytes, byte[]> nextWritten;
    private KeyValue<Bytes, byte[]> nextStored;
    private KeyValue<Bytes, byte[]> next;
    private boolean isClosed;

    /**
     * @param values returns null for the value of a deleted key
     * @param end called once, when this is closed
     */
    MergedEntries(
            Iterator<Map.Entry<Bytes, byte[]>> written,
            KeyValueIterator<Bytes, byte[]> stored,
            UnaryOperator<byte[]> values,
            Runnable end) {
        this.written = written;
        this.stored = stored;
        this.values = values;
        this.end = end;
        try {
            nextWritten = takeWritten();
            nextStored = takeStored();
            next = take();
        } catch (RuntimeException unreadable) {
            close();
            throw unreadable;
        }
    }

    private KeyValue<Bytes, byte[]> takeWritten() {
        if (!written.hasNext()) {
            return null;
        }
        Map.Entry<Bytes, byte[]> entry = written.next();
        return KeyValue.pair(entry.getKey(), values.apply(entry.getValue()));
    }

    private KeyValue<Bytes, byte[]> takeStored() {
        return stored.hasNext() ? stored.next() : null;
    }

    private KeyValue<Bytes, byte[]> take() {
        KeyValue<Bytes, byte[]> taken = takeEither();
        while (taken != null && taken.value == null) {
            taken = takeEither();
        }
        return taken;
    }

    private KeyValue<Bytes, byte[]> takeEither() {
        int compared = compared();
        KeyValue<Bytes, byte[]> taken = compared > 0 ? nextStored : nextWritten;
        if (compared >= 0) {
            nextStored = takeStored();
        }
        if (compared <= 0) {
            nextWritten = takeWritten();
        }
        return taken;
    }

    private int compared() {
        if (nextWritten == null) {
            return 1;
        }
        return nextStored == null ? -1 : BufferedStore.ORDER.compare(nextWritten.key, nextStored.key);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Bytes peekNextKey() {
        if (next == null) {
            throw new NoSuchElementException("no entry is left");
        }
        return next.key;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        peekNextKey();
        KeyValue<Bytes, byte[]> taken = next;
        next = take();
        return taken;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            end.run();
        }
    }
}
