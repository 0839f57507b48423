package io.foundling.topology.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Bounds how many names of sources and stages a task counts by, because producers make names up (rule B9). It knows no
 * names itself: whoever counts by names asks before it takes up a new one. Each use reports once that names are counted
 * together. For the stream thread of the ledger task.
 */
public final class NameLimit {

    private final int max;
    private final BiConsumer<Use, String> report;
    private final Set<Use> reported = EnumSet.noneOf(Use.class);

    /** What is counted by names. */
    public enum Use {
        TALLIES,
        EVENTS_WITHOUT_ID,
        ALERT_GROUPS,
        DELAYS,
        DROPPED_EVENTS,
        CLOCK_REPORTS,
        HELD_SUBJECTS,
        HEARD_SOURCES,
        OUT_OF_STEP
    }

    /**
     * Creates a limit.
     *
     * @param max how many names each use may have
     * @param report is called once for each use, with the first name that has no place
     */
    public NameLimit(int max, BiConsumer<Use, String> report) {
        this.max = max;
        this.report = report;
    }

    /** Whether there is a place beside so many names; unlike {@link #admits}, it reports nothing. */
    boolean hasPlace(int names) {
        return names < max;
    }

    /** Whether a name that a use does not have yet may join the names that it has. */
    public boolean admits(Use use, int names, String name) {
        if (names < max) {
            return true;
        }
        if (reported.add(use)) {
            report.accept(use, name);
        }
        return false;
    }
}
