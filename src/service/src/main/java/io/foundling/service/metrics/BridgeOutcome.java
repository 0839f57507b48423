package io.foundling.service.metrics;

import java.util.Locale;

/** What became of a record that {@code bridge} read. */
public enum BridgeOutcome {
    /** It gave one or more events. */
    EVENTS,
    /** Its mapping leaves such records out. */
    LEFT_OUT,
    /** It has no value. */
    NO_VALUE,
    /** No events could be made of it. */
    DEAD_LETTER;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
