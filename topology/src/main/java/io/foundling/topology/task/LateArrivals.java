package io.foundling.topology.task;

import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.LedgerStore;
import java.util.OptionalLong;

/**
 * The late events of a task's partition, and until when they hold warnings and settlements: facts that happened before
 * the last of them may still arrive. After a restart everything late is held as if a late event had just been read,
 * because the last one is not stored.
 */
public final class LateArrivals {

    private final LedgerStore store;
    private final long graceMs;
    private final long maxHoldMs;
    private long lastMs;
    private OptionalLong newest;

    public LateArrivals(LedgerStore store, LedgerSettings settings, long startMs) {
        this.store = store;
        graceMs = settings.lateEvents().arrivalGrace().toMillis();
        maxHoldMs = settings.lateEvents().maxHold().toMillis();
        lastMs = startMs;
        newest = store.newestLate();
    }

    /** Takes in that an event was read. */
    public void read(long appendedAtMs, boolean late) {
        if (late) {
            lastMs = Math.max(lastMs, appendedAtMs);
        }
        if (late != newest.isPresent()) {
            newest = late ? OptionalLong.of(appendedAtMs) : OptionalLong.empty();
            store.newestLate(newest);
        } else if (late) {
            newest = OptionalLong.of(appendedAtMs);
        }
    }

    /** Returns the append time of the last late event, or the start of the task if that is later. */
    public long lastMs() {
        return lastMs;
    }

    /**
     * Returns the moment that the audit clock must be past before anything of this partition is settled;
     * {@link Long#MIN_VALUE} if its newest event was not late.
     */
    public long heldUntilMs() {
        return newest.isEmpty() ? Long.MIN_VALUE : heldUntilMs(newest.getAsLong());
    }

    /** Returns until when a late event of this append time holds what depends on it. */
    public long heldUntilMs(long appendedAtMs) {
        return Math.min(Times.plus(Math.max(lastMs, appendedAtMs), graceMs), Times.plus(appendedAtMs, maxHoldMs));
    }
}
