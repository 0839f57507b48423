package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.account.Samples;
import io.foundling.topology.store.stored.StoredAccount;
import io.foundling.topology.store.stored.StoredClosure;
import io.foundling.topology.store.stored.StoredErasure;
import io.foundling.topology.store.stored.StoredFigures;
import io.foundling.topology.store.stored.StoredFormerAttempts;
import io.foundling.topology.store.stored.StoredIssue;
import io.foundling.topology.store.stored.StoredMember;
import io.foundling.topology.store.stored.StoredParent;
import io.foundling.topology.store.stored.StoredParenthood;
import io.foundling.topology.store.stored.StoredPass;
import io.foundling.topology.store.stored.StoredPlace;
import io.foundling.topology.store.stored.StoredResult;
import io.foundling.topology.store.stored.StoredResults;
import io.foundling.topology.store.stored.StoredSample;
import io.foundling.topology.store.stored.StoredSamples;
import io.foundling.topology.store.stored.StoredSettling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that were stored once must be readable for ever: the files never change. */
final class StoredFormatsTest {

    private static final Path FIXTURES = Path.of("src/test/resources/stored");
    private static final long MOMENT = 1_767_600_000_000L;

    static Stream<SpecificRecord> records() {
        return Stream.of(
                new StoredParent(
                        List.of(new StoredClosure(
                                2,
                                "FAILED",
                                MOMENT,
                                MOMENT - 1,
                                10L,
                                820_930_200,
                                6,
                                MOMENT + 1,
                                MOMENT + 2,
                                820_930_100,
                                true)),
                        true,
                        new StoredPass(
                                "record/s/t/1\0" + "00001",
                                List.of(new StoredSettling(2, 820_930_200)),
                                Long.MIN_VALUE),
                        MOMENT + 3),
                new StoredResults(
                        MOMENT,
                        MOMENT + 1,
                        List.of(new StoredResult("COUNT", 20_457, MOMENT - 1, 5L, -6L, "COUNT of 2026-01-05 FAILED"))),
                new StoredSamples(List.of(new StoredSample(20_457, MOMENT, 5L, -6L, Map.of("rows", 7L)))),
                new StoredErasure(MOMENT, true, List.of(new StoredPlace("batch/s/t/1", 2))),
                new StoredFormerAttempts(3, 2, "FAILED", MOMENT, MOMENT + 1, MOMENT + 2),
                new StoredMember(
                        MOMENT,
                        List.of(),
                        "COMPLETED",
                        "UNKNOWN",
                        MOMENT + 1,
                        Long.MAX_VALUE,
                        2,
                        "COMPLETED",
                        "BEGUN",
                        "BEGUN",
                        List.of()),
                new StoredParenthood(
                        ByteBuffer.wrap(new byte[] {5}),
                        List.of(new StoredIssue(1, "UNKNOWN", Long.MAX_VALUE, MOMENT, -1L, 820_930_200))),
                new StoredAccount(
                        "settlement/batch%2Fs%2Ft%2F1/1",
                        3,
                        4L,
                        List.of("record/s/t/1"),
                        true,
                        MOMENT,
                        new StoredFigures(
                                820_930_200, 6, MOMENT, "CANCELLED", 9L, Map.of("FAILED", 5L), 2L, 4L, 0L, 0L, 0L),
                        0L,
                        Map.of()));
    }

    @ParameterizedTest
    @MethodSource("records")
    <T extends SpecificRecord> void shouldReadWhatVersion1Wrote(T record) throws IOException {
        // Given
        VersionedCodec<T> codec = codec(record);
        Path fixture = FIXTURES.resolve(record.getClass().getSimpleName() + "-v1.bin");
        if (Boolean.getBoolean("golden.update") && !Files.exists(fixture)) {
            Files.write(fixture, codec.encode(record));
        }

        // When
        T read = codec.decode(Files.readAllBytes(fixture));

        // Then
        assertThat(read).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    <T extends SpecificRecord> void shouldRefuseOtherVersionsAndEveryTruncation(T record) {
        // Given
        VersionedCodec<T> codec = codec(record);
        byte[] whole = codec.encode(record);
        byte[] newer = whole.clone();
        newer[0]++;

        // When / Then
        assertThatThrownBy(() -> codec.decode(newer))
                .isInstanceOf(NewerFormException.class)
                .hasMessageContaining("has version " + newer[0] + ", this build reads version")
                .hasMessageEndingWith(Byte.toString(whole[0]));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldReadWhatVersion2WroteOfASubject() throws IOException {
        // Given
        Path fixture = FIXTURES.resolve("subject-v2.bin");
        LedgerEntry entry = new LedgerEntry(Dispositions.full(), MOMENT, true, false, false);
        if (Boolean.getBoolean("golden.update") && !Files.exists(fixture)) {
            Files.write(fixture, new SubjectCodec().encode(entry));
        }

        // When
        LedgerEntry read = new SubjectCodec().decode(Files.readAllBytes(fixture));

        // Then
        assertThat(read).isEqualTo(entry);
    }

    /** The file was written by version 2 and never changes. */
    @Test
    void shouldReadWhatVersion2WroteOfAnAccount() throws IOException {
        // When
        Account read = new AccountCodec().decode(Files.readAllBytes(FIXTURES.resolve("StoredAccount-v2.bin")));

        // Then
        assertThat(read)
                .isEqualTo(
                        new Account("orphaned/s/t", 3, 4, 2, List.of("record/s/t/1"), true, MOMENT, Optional.empty()));
    }

    @Test
    void shouldReadBackWhatWasFoundAboutTheSamplesOfAnAccount() {
        // Given
        Account account = new Account(
                        "stale_scope/s/t", 3, 1, 0, List.of("scope/s/t/1"), false, MOMENT, Optional.empty())
                .naming(
                        new Samples(List.of("scope/s/t/1"), new TreeMap<>(Map.of("scope/s/t/1", "STUCK since then"))),
                        false);

        // When
        Account read = new AccountCodec().decode(new AccountCodec().encode(account));

        // Then
        assertThat(read).isEqualTo(account);
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> VersionedCodec<T> codec(T record) {
        Class<T> type = (Class<T>) record.getClass();
        return switch (type.getSimpleName()) {
            case "StoredMember" -> new VersionedCodec<>(type, "member", 2);
            case "StoredAccount" -> new VersionedCodec<>(type, "account", 3);
            default -> new VersionedCodec<>(type);
        };
    }
}
