package io.foundling.topology.parent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Status;
import io.foundling.topology.account.MemberCount;
import io.foundling.topology.account.MemberCountForm;
import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.parent.MemberForm.Counted;
import io.foundling.topology.store.NewerFormException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was stored of a member once must be readable for ever, and is small. */
final class MemberFormTest {

    private static final long MOMENT = 1_767_600_000_000L;

    private final MemberForm form = new MemberForm();

    static Stream<Counted> members() {
        return Stream.of(
                returned(),
                new Counted(membership(List.of(MOMENT), Status.UNKNOWN, Status.UNKNOWN, Times.NEVER), List.of()),
                new Counted(membership(List.of(Long.MIN_VALUE), Status.RETIRED, Status.UNKNOWN, 5), List.of()),
                new Counted(
                        membership(List.of(MOMENT, MOMENT + 7, MOMENT - 3), Status.UNKNOWN, Status.FAILED, MOMENT),
                        List.of(
                                new MemberCount(3, MemberResult.ORPHANED, Announcement.NEVER_BEGAN),
                                new MemberCount(99_999, MemberResult.MOVED, Announcement.UNANNOUNCED))));
    }

    private static Counted returned() {
        return new Counted(
                membership(List.of(MOMENT), Status.COMPLETED, Status.UNKNOWN, MOMENT + 60_000),
                List.of(new MemberCount(1, MemberResult.COMPLETED, Announcement.NAMED)));
    }

    private static Membership membership(List<Long> begunMs, Status outcome, Status later, long endedAtMs) {
        long againMs = later == Status.UNKNOWN ? Times.NEVER : MOMENT + 9;
        return new Membership("batch/s/t/1", 2, begunMs, outcome, later, endedAtMs, againMs, Announcement.NAMED);
    }

    @ParameterizedTest
    @MethodSource("members")
    void shouldReadWhatItWrote(Counted member) {
        assertThat(read(form.encode(member.membership(), member.counts()))).isEqualTo(member);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAPlaceForEveryResult(MemberResult result) {
        List<MemberCount> counts = List.of(new MemberCount(1, result, Announcement.BEGUN));

        assertThat(read(form.encode(returned().membership(), counts)).counts()).isEqualTo(counts);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAPlaceForEveryAnnouncement(Announcement announcement) {
        List<MemberCount> counts = List.of(new MemberCount(1, MemberResult.FAILED, announcement));

        assertThat(read(form.encode(returned().membership(), counts)).counts()).isEqualTo(counts);
    }

    /** A place in this form must never change. */
    @Test
    void shouldWriteTheBytesOfVersion3() {
        byte[] written = form.encode(returned().membership(), returned().counts());

        assertThat(HexFormat.of().formatHex(written)).isEqualTo("0302020206130180b0dcd2f166c0a907");
    }

    /** So must the place of each constant. */
    @Test
    void shouldNeverChangeAPlace() {
        StringBuilder places = new StringBuilder();
        for (MemberResult result : List.of(
                MemberResult.NONE,
                MemberResult.COMPLETED,
                MemberResult.FAILED,
                MemberResult.SKIPPED,
                MemberResult.CANCELLED,
                MemberResult.RETIRED,
                MemberResult.MOVED,
                MemberResult.ORPHANED)) {
            List<MemberCount> counts = List.of(new MemberCount(1, result, Announcement.BEGUN));
            places.append(form.encode(returned().membership(), counts)[3] / 2);
        }
        for (Status outcome : List.of(
                Status.UNKNOWN, Status.COMPLETED, Status.FAILED, Status.SKIPPED, Status.CANCELLED, Status.RETIRED)) {
            Membership membership = membership(List.of(MOMENT), outcome, Status.UNKNOWN, MOMENT);
            places.append(form.encode(membership, List.of())[3]);
        }

        assertThat(places).hasToString("01234567" + "012345");
        assertThat(List.of(Announcement.BEGUN, Announcement.UNANNOUNCED, Announcement.NEVER_BEGAN, Announcement.NAMED))
                .extracting(MemberCountForm::place)
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldReadWhatVersion1Wrote() throws IOException {
        byte[] version1 = Files.readAllBytes(Path.of("src/test/resources/stored/StoredMember-v1.bin"));

        Counted read = form.decode(version1, "batch/s/t/1", 2);

        Membership membership = new Membership(
                "batch/s/t/1",
                2,
                List.of(MOMENT),
                Status.COMPLETED,
                Status.UNKNOWN,
                MOMENT + 1,
                Times.NEVER,
                Announcement.BEGUN);
        assertThat(read)
                .isEqualTo(new Counted(
                        membership, List.of(new MemberCount(2, MemberResult.COMPLETED, Announcement.BEGUN))));
    }

    @Test
    void shouldReadWhatVersion2Wrote() throws IOException {
        Path file = Path.of("src/test/resources/stored/StoredMember-v2.bin");

        Counted read = form.decode(Files.readAllBytes(file), "batch/s/t/1", 2);

        assertThat(read)
                .isEqualTo(new Counted(
                        membership(List.of(MOMENT, MOMENT + 7, MOMENT - 3), Status.UNKNOWN, Status.FAILED, MOMENT),
                        List.of(
                                new MemberCount(3, MemberResult.ORPHANED, Announcement.NEVER_BEGAN),
                                new MemberCount(4, MemberResult.MOVED, Announcement.UNANNOUNCED))));
    }

    @ParameterizedTest
    @MethodSource("members")
    void shouldRefuseOtherVersionsAndEveryTruncation(Counted member) {
        byte[] whole = form.encode(member.membership(), member.counts());
        byte[] newer = whole.clone();
        newer[0]++;

        assertThatThrownBy(() -> read(newer)).isInstanceOf(NewerFormException.class);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1))).hasMessageContaining("more bytes");
    }

    private Counted read(byte[] stored) {
        return form.decode(stored, "batch/s/t/1", 2);
    }
}
