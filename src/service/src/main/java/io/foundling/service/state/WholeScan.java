package io.foundling.service.state;

import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * A scan up to a bound, both ends included. It throws an exception rather than return fewer entries than the store has.
 */
final class WholeScan implements KeyValueIterator<Bytes, byte[]> {

    private final KeyValueIterator<Bytes, byte[]> entries;
    private final Bytes to;
    private final Function<EarlyEndException, StreamsException> cutOff;
    private KeyValue<Bytes, byte[]> next;
    private boolean ended;

    /**
     * @param entries up to the last entry of the store
     * @param to null for no bound
     * @param cutOff makes the exception for entries that end before the bound
     */
    WholeScan(KeyValueIterator<Bytes, byte[]> entries, Bytes to, Function<EarlyEndException, StreamsException> cutOff) {
        this.entries = entries;
        this.to = to;
        this.cutOff = cutOff;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            advance();
        }
        return next != null;
    }

    private void advance() {
        if (!entries.hasNext()) {
            throw cutOff.apply(new EarlyEndException("a scan ended before the last entry of the store"));
        }
        KeyValue<Bytes, byte[]> read = entries.next();
        ended = read.key.equals(RepairableStore.LAST_ENTRY) || to != null && read.key.compareTo(to) > 0;
        next = ended ? null : read;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        KeyValue<Bytes, byte[]> current = next;
        next = null;
        return current;
    }

    @Override
    public Bytes peekNextKey() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return next.key;
    }

    @Override
    public void close() {
        entries.close();
    }
}
