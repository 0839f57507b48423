package io.foundling.topology.store;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Statuses;
import java.nio.ByteBuffer;

/**
 * Conservation of one source and stage, in subjects that ever had a status: known = awaiting + outcomes + retired +
 * removed.
 */
public record Tally(long known, long awaiting, long outcomes, long retired, long removed) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    private static final int FIELDS = 5;

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
            return Statuses.awaits(state.status()) ? AWAITING : OUTCOMES;
        }
    }

    Tally moved(Place from, Place to) {
        return count(from, -1).count(to, 1);
    }

    private Tally count(Place place, int change) {
        return switch (place) {
            case NOWHERE -> this;
            case AWAITING -> new Tally(known + change, awaiting + change, outcomes, retired, removed);
            case OUTCOMES -> new Tally(known + change, awaiting, outcomes + change, retired, removed);
            case RETIRED -> new Tally(known + change, awaiting, outcomes, retired + change, removed);
            case REMOVED -> new Tally(known + change, awaiting, outcomes, retired, removed + change);
        };
    }

    byte[] encode() {
        return ByteBuffer.allocate(FIELDS * Long.BYTES)
                .putLong(known)
                .putLong(awaiting)
                .putLong(outcomes)
                .putLong(retired)
                .putLong(removed)
                .array();
    }

    static Tally decode(byte[] bytes) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return new Tally(fields.getLong(), fields.getLong(), fields.getLong(), fields.getLong(), fields.getLong());
    }
}
