package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.account.MemberCount;
import io.foundling.topology.account.MemberCountForm;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.NewerFormException;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Bytes of a member: what its key in the store does not say. A member of one attempt that came back and counts takes 16
 * bytes: the version; how it counts ({@link MemberCountForm}); a byte of flags, which says what follows, with the
 * announcement in its lowest bits; the outcome, and after it the later one if there is one; when the member began; and
 * the other times, as what they are later than that. Whole numbers are those of Avro. Not thread-safe.
 */
final class MemberForm {

    private static final int ENDED = 0x10;
    private static final int AGAIN = 0x20;
    private static final int REPEATED = 0x40;
    private static final int RETURNED_LATER = 0x80;

    /** Stored by their places, which must never change; further ones come last. */
    private static final List<Status> OUTCOMES =
            List.of(Status.UNKNOWN, Status.COMPLETED, Status.FAILED, Status.SKIPPED, Status.CANCELLED, Status.RETIRED);

    private final VersionedCodec<StoredMember> former = MemberCountForm.former();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    private BinaryDecoder decoder;

    /** A member: its membership, and how it counts by attempt of its parent. */
    record Counted(Membership membership, List<MemberCount> counts) {}

    byte[] encode(Membership membership, List<MemberCount> counts) {
        bytes.reset();
        try {
            bytes.write(MemberCountForm.VERSION);
            MemberCountForm.write(counts, encoder);
            write(membership);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(Membership membership) throws IOException {
        List<Long> begunMs = membership.begunMs();
        long beganMs = membership.beganMs();
        bytes.write(MemberCountForm.place(membership.announcement())
                | (membership.endedAtMs() == Times.NEVER ? 0 : ENDED)
                | (membership.againMs() == Times.NEVER ? 0 : AGAIN)
                | (begunMs.size() == 1 ? 0 : REPEATED)
                | (membership.isReturnedLater() ? RETURNED_LATER : 0));
        bytes.write(place(OUTCOMES, membership.outcome()));
        if (membership.isReturnedLater()) {
            bytes.write(place(OUTCOMES, membership.laterOutcome()));
        }
        encoder.writeLong(beganMs);
        if (membership.endedAtMs() != Times.NEVER) {
            encoder.writeLong(membership.endedAtMs() - beganMs);
        }
        if (membership.againMs() != Times.NEVER) {
            encoder.writeLong(membership.againMs() - beganMs);
        }
        if (begunMs.size() > 1) {
            encoder.writeInt(begunMs.size() - 1);
            for (int at = 1; at < begunMs.size(); at++) {
                encoder.writeLong(begunMs.get(at) - beganMs);
            }
        }
    }

    /**
     * Returns the member that bytes hold.
     *
     * @param parentKey from its key in the store
     * @param attempt from its key in the store
     * @throws NewerFormException if a newer build wrote them
     * @throws IllegalStateException if they are damaged
     */
    Counted decode(byte[] stored, String parentKey, int attempt) {
        if (stored.length == 0 || stored[0] < 1 || stored[0] > MemberCountForm.VERSION) {
            throw NewerFormException.unknown("StoredMember", stored, MemberCountForm.VERSION);
        } else if (stored[0] <= MemberCountForm.LAST_OF_AVRO) {
            return FormerMembers.read(former.decode(stored), parentKey, attempt);
        }
        try {
            decoder = DecoderFactory.get().binaryDecoder(stored, 1, stored.length - 1, decoder);
            Counted counted = read(parentKey, attempt);
            if (!decoder.isEnd()) {
                throw new IllegalStateException("more bytes follow its end");
            }
            return counted;
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException("a member cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private Counted read(String parentKey, int attempt) throws IOException {
        List<MemberCount> counts = MemberCountForm.read(decoder);
        byte[] head = new byte[2];
        decoder.readFixed(head);
        int flags = head[0];
        Status outcome = OUTCOMES.get(head[1]);
        Status laterOutcome = Status.UNKNOWN;
        if ((flags & RETURNED_LATER) != 0) {
            decoder.readFixed(head, 0, 1);
            laterOutcome = OUTCOMES.get(head[0]);
        }
        long beganMs = decoder.readLong();
        long endedAtMs = (flags & ENDED) == 0 ? Times.NEVER : beganMs + decoder.readLong();
        long againMs = (flags & AGAIN) == 0 ? Times.NEVER : beganMs + decoder.readLong();
        List<Long> begunMs = List.of(beganMs);
        if ((flags & REPEATED) != 0) {
            begunMs = new ArrayList<>(begunMs);
            for (int left = decoder.readInt(); left > 0; left--) {
                begunMs.add(beganMs + decoder.readLong());
            }
        }
        Announcement announcement = MemberCountForm.announcement(flags & 0xf);
        Membership membership =
                new Membership(parentKey, attempt, begunMs, outcome, laterOutcome, endedAtMs, againMs, announcement);
        return new Counted(membership, counts);
    }

    private static <T> int place(List<T> all, T one) {
        int place = all.indexOf(one);
        if (place < 0) {
            throw new IllegalArgumentException(one + " has no place in the form of a member");
        }
        return place;
    }
}
