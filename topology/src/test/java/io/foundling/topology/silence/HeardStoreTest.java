package io.foundling.topology.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.NewerFormException;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is stored and sent about sources that were heard. The bytes never change. Proves rules S2 and S3. */
final class HeardStoreTest {

    private static final HeardHour HOUR = new HeardHour(491_004, 0x0800_0000_0000_0001L, 600);
    private static final String HOUR_BYTES = "01" + "0000000000077dfc" + "0800000000000001" + "0000000000000258";

    private static final KnownSource SILENT =
            new KnownSource(1_767_571_200_000L, 1_767_614_400_000L, 1_767_614_400_000L, Times.NEVER, true, false);
    private static final String SILENT_BYTES =
            "01" + "0000019b8b741800" + "0000019b8e074600" + "0000019b8e074600" + "7fffffffffffffff" + "01";

    private static final KnownSource SPEAKING =
            new KnownSource(1_767_571_200_000L, 1_767_614_400_000L, Times.NEVER, 1_767_614_400_000L, false, true);
    private static final String SPEAKING_BYTES =
            "01" + "0000019b8b741800" + "0000019b8e074600" + "7fffffffffffffff" + "0000019b8e074600" + "02";

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();
    private final HeardStore store = new HeardStore(StoredEntries.of(bytes));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void shouldReadWhatWasStoredOnce() {
        // Then
        assertThat(HeardHour.decode(bytes(HOUR_BYTES))).isEqualTo(HOUR);
        assertThat(HOUR.encode()).isEqualTo(bytes(HOUR_BYTES));
        assertThat(KnownSource.decode(bytes(SILENT_BYTES))).isEqualTo(SILENT);
        assertThat(SILENT.encode()).isEqualTo(bytes(SILENT_BYTES));
        assertThat(KnownSource.decode(bytes(SPEAKING_BYTES))).isEqualTo(SPEAKING);
        assertThat(SPEAKING.encode()).isEqualTo(bytes(SPEAKING_BYTES));
    }

    @Test
    void shouldRefuseWhatANewerBuildStored() {
        // Given
        byte[] newer = {2, 0, 0};

        // Then
        assertThatThrownBy(() -> HeardHour.decode(newer)).isInstanceOf(NewerFormException.class);
        assertThatThrownBy(() -> KnownSource.decode(newer)).isInstanceOf(NewerFormException.class);
    }

    @Test
    void shouldSetDamagedEntriesAside() {
        // Given
        bytes.put(StoreKeys.heardSource("alpha"), new byte[] {1, 2, 3});
        bytes.put(StoreKeys.heardHour("alpha", 5), new byte[] {1, 2, 3});

        // When
        Map<String, Optional<KnownSource>> sources = store.load();

        // Then
        assertThat(sources).isEqualTo(Map.of("alpha", Optional.empty()));
        assertThat(store.inPlaceOf("alpha", 5)).isEmpty();
        assertThat(bytes.get(StoreKeys.heardSource("alpha"))).isNull();
    }

    @Test
    void shouldKeepTheLatestHourOfAPlace() {
        // Given
        HeardHour before = new HeardHour(HOUR.hour() - HeardStore.HOURS, 1, 7);
        HeardHour more = new HeardHour(HOUR.hour(), 3, 2);

        // When
        store.add("alpha", before);
        store.add("alpha", HOUR);
        store.add("alpha", before);
        store.add("alpha", more);

        // Then
        assertThat(store.inPlaceOf("alpha", HOUR.hour()))
                .contains(new HeardHour(HOUR.hour(), 0x0800_0000_0000_0003L, 602));
    }

    @Test
    void shouldReadALineAsItWasSent() {
        // Given
        HeardNote.Line line = new HeardNote.Line("a source / with ü", 1_767_614_400_000L, 70_000, HOUR);

        // Then
        assertThat(line.text()).isEqualTo("1767614400000 70000 491004 600 800000000000001 a source / with ü");
        assertThat(HeardNote.Line.parse(line.text())).contains(line);
    }

    @Test
    void shouldIgnoreALineThatIsNone() {
        assertThat(HeardNote.Line.parse("")).isEmpty();
        assertThat(HeardNote.Line.parse("1 2 3 4 5")).isEmpty();
        assertThat(HeardNote.Line.parse("1 2 3 4 5 ")).isEmpty();
        assertThat(HeardNote.Line.parse("1 2 3 -4 5 alpha")).isEmpty();
        assertThat(HeardNote.Line.parse("1 2 3 4 ffffffffffffffff alpha")).isEmpty();
        assertThat(HeardNote.Line.parse("x 2 3 4 5 alpha")).isEmpty();
    }

    @Test
    void shouldIgnoreALineThatCannotBe() {
        assertThat(HeardNote.Line.parse("1767614400000 70000 491004 1 1 alpha")).isPresent();
        assertThat(HeardNote.Line.parse("1767614400000 70000 490836 1099511627776 1 alpha"))
                .isPresent();
        assertThat(HeardNote.Line.parse("1767614400000 70000 491005 1 1 alpha")).isEmpty();
        assertThat(HeardNote.Line.parse("1767614400000 70000 1000000000000000 1 1 alpha"))
                .isEmpty();
        assertThat(HeardNote.Line.parse("1767614400000 70000 490835 1 1 alpha")).isEmpty();
        assertThat(HeardNote.Line.parse("1767614400000 70000 491004 1099511627777 1 alpha"))
                .isEmpty();
        assertThat(HeardNote.Line.parse("1767614400000 70000 491004 9223372036854775807 1 alpha"))
                .isEmpty();
        assertThat(HeardNote.Line.parse("1767614400000 -1 491004 1 1 alpha")).isEmpty();
        assertThat(HeardNote.Line.parse("-1 0 -1 1 1 alpha")).isEmpty();
    }

    @Test
    void shouldNotOverflowWhenALineIsAddedAgainAndAgain() {
        // Given
        HeardHour most = new HeardHour(HOUR.hour(), 1, HeardHour.MAX_EVENTS);

        // When
        store.add("alpha", most);
        store.add("alpha", most);

        // Then
        assertThat(store.inPlaceOf("alpha", HOUR.hour())).contains(most);
    }
}
