package io.foundling.topology.store;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Disposition;
import java.nio.ByteBuffer;

/**
 * Conservation of one source and stage, in subjects that ever had a status: known = awaiting + outcomes + retired +
 * removed. Beside them are the subjects that nothing watches (rule T22), which are some of the awaiting ones.
 */
public record Tally(long known, long awaiting, long outcomes, long retired, long removed, long unwatched) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    private static final int FIELDS = 6;

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

    Tally moved(Place from, Place to) {
        return count(from, -1).count(to, 1);
    }

    Tally unwatched(boolean before, boolean after) {
        long change = (after ? 1 : 0) - (before ? 1 : 0);
        return new Tally(known, awaiting, outcomes, retired, removed, unwatched + change);
    }

    private Tally count(Place place, int change) {
        return switch (place) {
            case NOWHERE -> this;
            case AWAITING -> new Tally(known + change, awaiting + change, outcomes, retired, removed, unwatched);
            case OUTCOMES -> new Tally(known + change, awaiting, outcomes + change, retired, removed, unwatched);
            case RETIRED -> new Tally(known + change, awaiting, outcomes, retired + change, removed, unwatched);
            case REMOVED -> new Tally(known + change, awaiting, outcomes, retired, removed + change, unwatched);
        };
    }

    byte[] encode() {
        return ByteBuffer.allocate(FIELDS * Long.BYTES)
                .putLong(known)
                .putLong(awaiting)
                .putLong(outcomes)
                .putLong(retired)
                .putLong(removed)
                .putLong(unwatched)
                .array();
    }

    static Tally decode(byte[] bytes) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return new Tally(
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                // Versions that did not count unwatched subjects ended here.
                fields.hasRemaining() ? fields.getLong() : 0);
    }
}
