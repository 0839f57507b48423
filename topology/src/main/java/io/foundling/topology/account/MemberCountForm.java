package io.foundling.topology.account;

import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.store.NewerFormException;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredCount;
import io.foundling.topology.store.stored.StoredMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;

/** How a member counts, with which its stored bytes begin, so that accounts can be counted anew from members. */
public final class MemberCountForm {

    /** The version of a stored member. */
    public static final byte VERSION = 3;

    /** Versions 1 and 2 are Avro. */
    public static final byte LAST_OF_AVRO = 2;

    /** Stored by their places, which must never change; further ones come last. */
    private static final List<MemberResult> RESULTS = List.of(
            MemberResult.NONE,
            MemberResult.COMPLETED,
            MemberResult.FAILED,
            MemberResult.SKIPPED,
            MemberResult.CANCELLED,
            MemberResult.RETIRED,
            MemberResult.MOVED,
            MemberResult.ORPHANED);

    /** Stored by their places, too. */
    private static final List<Announcement> ANNOUNCEMENTS =
            List.of(Announcement.BEGUN, Announcement.UNANNOUNCED, Announcement.NEVER_BEGAN, Announcement.NAMED);

    private MemberCountForm() {}

    /** Returns what reads members of versions 1 and 2. */
    public static VersionedCodec<StoredMember> former() {
        return new VersionedCodec<>(StoredMember.class, "member", LAST_OF_AVRO);
    }

    public static void write(List<MemberCount> counts, BinaryEncoder out) throws IOException {
        out.writeInt(counts.size());
        for (MemberCount count : counts) {
            out.writeInt(count.attempt());
            out.writeInt(place(count.result()));
            out.writeInt(place(count.announcement()));
        }
    }

    public static List<MemberCount> read(BinaryDecoder in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return List.of();
        } else if (size < 0) {
            throw new IllegalStateException("it counts in " + size + " attempts");
        }
        List<MemberCount> counts = new ArrayList<>(1);
        for (int left = size; left > 0; left--) {
            counts.add(new MemberCount(in.readInt(), RESULTS.get(in.readInt()), announcement(in.readInt())));
        }
        return counts;
    }

    /** Reads the beginning of a stored member. */
    static List<MemberCount> ofMember(byte[] stored, VersionedCodec<StoredMember> former) {
        if (stored.length > 0 && stored[0] > VERSION) {
            throw NewerFormException.unknown("StoredMember", stored, VERSION);
        } else if (stored.length > 0 && stored[0] == VERSION) {
            try {
                return read(DecoderFactory.get().binaryDecoder(stored, 1, stored.length - 1, null));
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        }
        return of(former.decode(stored));
    }

    /** Returns how a member of version 1 or 2 counts. */
    public static List<MemberCount> of(StoredMember stored) {
        List<MemberCount> counts = new ArrayList<>();
        if (stored.getCountedIn() > 0) {
            counts.add(count(stored.getCountedIn(), stored.getCountedAs(), stored.getCountedAnnouncement()));
        }
        for (StoredCount also : stored.getCountedAlso()) {
            counts.add(count(also.getCountedIn(), also.getCountedAs(), also.getAnnouncement()));
        }
        return counts;
    }

    private static MemberCount count(int attempt, String result, String announcement) {
        return new MemberCount(attempt, MemberResult.valueOf(result), Announcement.valueOf(announcement));
    }

    private static int place(MemberResult result) {
        return found(RESULTS.indexOf(result), result);
    }

    /** Returns the number under which an announcement is stored. */
    public static int place(Announcement announcement) {
        return found(ANNOUNCEMENTS.indexOf(announcement), announcement);
    }

    /** Returns the announcement that is stored under a number. */
    public static Announcement announcement(int place) {
        return ANNOUNCEMENTS.get(place);
    }

    private static int found(int place, Object constant) {
        if (place < 0) {
            throw new IllegalArgumentException(constant + " has no place in the form of a member");
        }
        return place;
    }
}
