package io.foundling.topology.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Closing;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is decoded once is what is stored, and is bounded. */
final class RecentParentsTest {

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();
    private final ParentStore store = new ParentStore(bytes);

    @BeforeEach
    void open() {
        store.parent("b0");
    }

    @Test
    void shouldReturnWhatWasSavedLast() {
        // When
        store.save("b0", closed(1));
        store.save("b0", closed(2));

        // Then
        assertThat(store.parent("b0")).isEqualTo(closed(2)).isEqualTo(new ParentStore(bytes).parent("b0"));
    }

    @Test
    void shouldKnowNothingOfAParentThatHasNoClosingAnyMore() {
        // Given
        store.save("b0", closed(1));

        // When
        store.save("b0", closed(1).holding(List.of()).indexedAt(5));

        // Then
        assertThat(store.parent("b0")).isEqualTo(KnownParent.NONE);
        assertThat(new ParentStore(bytes).parent("b0")).isEqualTo(KnownParent.NONE);
    }

    @Test
    void shouldKeepThoseThatWereUsedLast() {
        // Given
        RecentParents recent = new RecentParents();
        for (int number = 0; number < 256; number++) {
            recent.put("b" + number, KnownParent.NONE);
        }

        // When
        recent.get("b0");
        recent.put("another", KnownParent.NONE);

        // Then
        assertThat(recent.get("b0")).isNotNull();
        assertThat(recent.get("b1")).isNull();
        assertThat(recent.get("b2")).isNotNull();
    }

    private static KnownParent closed(int attempt) {
        Closing closing = new Closing(attempt, Status.COMPLETED, 1_000, Long.MAX_VALUE, -1);
        return KnownParent.NONE.with(new KnownClosing(closing, 1, 1, 0, 0, 0, false));
    }
}
