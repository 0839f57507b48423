package io.foundling.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Status;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.MemberCounts;
import io.foundling.topology.account.Samples;
import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GroupCodecTest {

    private final GroupCodec codec = new GroupCodec();

    @Test
    void shouldReadBackWhatItWrote() {
        // When
        GroupState read = codec.decode(codec.encode(full()));

        // Then
        assertThat(read).isEqualTo(full());
    }

    @Test
    void shouldReadBackHowManyWereNotBackWhenTheirParentClosed() {
        // Given
        Total total = new Total(3, 2, List.of(), false, Optional.empty());
        GroupState orphaned = GroupState.begun(1_788_292_800_000L)
                .alerting(Optional.of(new AlertState(AlertStatus.FIRING, total, 1_788_292_680_000L, Times.NEVER)));

        // When
        GroupState read = codec.decode(codec.encode(orphaned));

        // Then
        assertThat(read).isEqualTo(orphaned);
    }

    @Test
    void shouldReadBackAGroupOfWhichNothingWasPublished() {
        // When
        GroupState read = codec.decode(codec.encode(GroupState.begun(1_788_292_800_000L)));

        // Then
        assertThat(read).isEqualTo(GroupState.begun(1_788_292_800_000L));
    }

    /** The file was written by version 1 and never changes. */
    @Test
    void shouldReadWhatVersion1Wrote() throws IOException {
        // Given
        byte[] stored = resource("group-v1.bin");

        // When
        GroupState read = codec.decode(stored);

        // Then
        assertThat(read).isEqualTo(full());
    }

    /** The file was written by version 2 and never changes. */
    @Test
    void shouldReadWhatVersion2Wrote() throws IOException {
        // When
        GroupState read = codec.decode(resource("group-v2.bin"));

        // Then
        assertThat(read).isEqualTo(full());
    }

    @Test
    void shouldReadBackWhatWasFoundAboutSamples() {
        // Given
        Total total = new Total(
                1,
                0,
                new Samples(List.of("scope/s/t/1"), new TreeMap<>(Map.of("scope/s/t/1", "NEVER_RAN since then"))),
                false,
                Optional.empty());
        GroupState stale = GroupState.begun(1_788_292_800_000L)
                .alerting(Optional.of(new AlertState(AlertStatus.FIRING, total, 1_788_292_680_000L, Times.NEVER)));

        // When
        GroupState read = codec.decode(codec.encode(stale));

        // Then
        assertThat(read).isEqualTo(stale);
    }

    @Test
    void shouldReadBackTheLabelsOfPolicies() {
        // Given
        GroupState labelled = full().labelled(Map.of("team", "declarations"), full());

        // When
        GroupState read = codec.decode(codec.encode(labelled));

        // Then
        assertThat(read).isEqualTo(labelled);
        assertThat(read.sequence()).isEqualTo(full().sequence() + 1);
    }

    @Test
    void shouldRefuseAVersionThatItDoesNotKnow() {
        // Given
        byte[] newer = codec.encode(full());
        newer[0] = 99;

        // When / Then
        assertThatThrownBy(() -> codec.decode(newer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 99");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        // Given
        byte[] whole = codec.encode(full());

        // When / Then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(IllegalStateException.class);
        }
    }

    static GroupState full() {
        Figures figures = new Figures(
                841_521_600,
                6,
                1_788_292_680_000L,
                Status.COMPLETED,
                12,
                new MemberCounts(new TreeMap<>(Map.of(Status.COMPLETED, 8L, Status.FAILED, 1L)), 1, 1, 0, 0, 0));
        List<String> missing = List.of("record/university/declaration/r10");
        return new GroupState(
                Times.NEVER,
                1_788_292_800_000L,
                1_788_292_801L,
                17,
                Optional.of(new AlertState(
                        AlertStatus.FIRING,
                        new Total(2, 0, missing, true, Optional.of(figures)),
                        1_788_292_680_000L,
                        Times.NEVER)),
                Optional.of(new Total(1, 0, missing, true, Optional.of(figures))),
                Map.of());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GroupCodecTest.class.getResourceAsStream("/stored/" + name)) {
            return in.readAllBytes();
        }
    }
}
