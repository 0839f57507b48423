package io.foundling.topology.store;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Disposition;
import java.nio.ByteBuffer;

/**
 * Conservation of one source and stage, in subjects that ever had a status: known = awaiting + outcomes + retired +
 * removed (rule L19). Some of the awaiting ones are orphans, and some are watched by nothing (rule T22).
 *
 * @param forgotten those of the removed ones of which no stone is left
 */
public record Tally(
        long known,
        long awaiting,
        long outcomes,
        long retired,
        long removed,
        long unwatched,
        long orphans,
        long forgotten) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    private static final int FIELDS = 8;
    private static final int FIELDS_BEFORE = 7;
    private static final int FIELDS_AT_FIRST = 5;

    /** Where a subject counts. */
    enum Place {
        NOWHERE,
        AWAITING,
        OUTCOMES,
        RETIRED,
        REMOVED;

        static Place of(Disposition state) {
            if (!state.isKnown()) {
                return NOWHERE;
            }
            if (state.isRemoved()) {
                return REMOVED;
            }
            if (state.status() == Status.RETIRED) {
                return RETIRED;
            }
            return state.awaits() ? AWAITING : OUTCOMES;
        }

        /** An erased subject is like a cancelled one whose disposition was removed. */
        static Place of(Erasure erasure) {
            return erasure.counted() ? REMOVED : NOWHERE;
        }
    }

    /** By how many a change of one subject changes what is counted beside its place. */
    record Difference(int unwatched, int orphans) {

        static final Difference SAME = new Difference(0, 0);

        static Difference between(LedgerEntry before, LedgerEntry after) {
            if (before.isUnwatched() == after.isUnwatched() && before.isOrphan() == after.isOrphan()) {
                return SAME;
            }
            return new Difference(
                    change(before.isUnwatched(), after.isUnwatched()), change(before.isOrphan(), after.isOrphan()));
        }
    }

    /**
     * Returns this tally after a subject moved from one place to another.
     *
     * @param subjectsForgotten how many subjects that count as removed are forgotten with it
     */
    Tally moved(Place from, Place to, Difference marks, int subjectsForgotten) {
        return new Tally(
                known + change(from != Place.NOWHERE, to != Place.NOWHERE),
                awaiting + change(from == Place.AWAITING, to == Place.AWAITING),
                outcomes + change(from == Place.OUTCOMES, to == Place.OUTCOMES),
                retired + change(from == Place.RETIRED, to == Place.RETIRED),
                removed + change(from == Place.REMOVED, to == Place.REMOVED),
                unwatched + marks.unwatched(),
                orphans + marks.orphans(),
                forgotten + subjectsForgotten);
    }

    private static int change(boolean before, boolean after) {
        return (after ? 1 : 0) - (before ? 1 : 0);
    }

    /** Returns this tally after a subject that counts as removed was forgotten. */
    Tally forgetting() {
        return moved(Place.REMOVED, Place.REMOVED, Difference.SAME, 1);
    }

    /** Whether no subject that counts here is stored any more. */
    boolean isForgotten() {
        return known == forgotten;
    }

    /** Adds the subjects of another tally, none of which is stored any more. */
    Tally plusForgotten(Tally other) {
        return new Tally(
                known + other.known,
                awaiting,
                outcomes,
                retired,
                removed + other.removed,
                unwatched,
                orphans,
                forgotten + other.forgotten);
    }

    /** Returns this with one more subject. */
    Tally with(LedgerEntry entry) {
        return moved(Place.NOWHERE, Place.of(entry.state()), Difference.between(LedgerEntry.NONE, entry), 0);
    }

    /** Returns this with as many subjects as were known before: those that are missing were removed and forgotten. */
    Tally ofKnown(Tally before) {
        long nowKnown = Math.max(known, before.known());
        long missing = nowKnown - known;
        return new Tally(nowKnown, awaiting, outcomes, retired, removed + missing, unwatched, orphans, missing);
    }

    byte[] encode() {
        return ByteBuffer.allocate(FIELDS * Long.BYTES)
                .putLong(known)
                .putLong(awaiting)
                .putLong(outcomes)
                .putLong(retired)
                .putLong(removed)
                .putLong(unwatched)
                .putLong(orphans)
                .putLong(forgotten)
                .array();
    }

    /** Whether an earlier version stored it, which did not say how many of its subjects were forgotten. */
    static boolean isFormer(byte[] bytes) {
        return bytes.length == FIELDS_AT_FIRST * Long.BYTES || bytes.length == FIELDS_BEFORE * Long.BYTES;
    }

    static Tally decode(byte[] bytes) {
        ByteBuffer fields = StoreKeys.whole(bytes, isFormer(bytes) ? bytes.length : FIELDS * Long.BYTES);
        return new Tally(
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                // Versions that counted neither unwatched subjects nor orphans ended here.
                fields.hasRemaining() ? fields.getLong() : 0,
                fields.hasRemaining() ? fields.getLong() : 0,
                // Versions that kept every tally for ever ended here: theirs are kept for ever.
                fields.hasRemaining() ? fields.getLong() : 0);
    }
}
