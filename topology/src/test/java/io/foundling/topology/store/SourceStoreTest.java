package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.store.SourceStore.StoredSource;
import java.util.HexFormat;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is stored of a source topic. Bytes that were stored once must be readable for ever. */
final class SourceStoreTest {

    private static final StoredSource SOURCE = new StoredSource(new Uuid(0x0102030405060708L, -2), 300);
    private static final String STORED = "0102030405060708" + "fffffffffffffffe" + "000000000000012c";

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("test").get();
    private final SourceStore store = new SourceStore(bytes);

    @Test
    void shouldReadWhatWasStored() {
        // Given
        bytes.put(StoreKeys.source("audit.events"), HexFormat.of().parseHex(STORED));

        // When
        StoredSource read = store.load("audit.events");

        // Then
        assertThat(read).isEqualTo(SOURCE);
    }

    @Test
    void shouldStoreTheseBytes() {
        // When
        store.save("audit.events", SOURCE);

        // Then
        assertThat(HexFormat.of().formatHex(bytes.get(StoreKeys.source("audit.events"))))
                .isEqualTo(STORED);
    }

    @Test
    void shouldKnowNothingWhenNothingIsStored() {
        // When
        StoredSource read = store.load("audit.events");

        // Then
        assertThat(read).isEqualTo(new StoredSource(Uuid.ZERO_UUID, 0));
    }
}
