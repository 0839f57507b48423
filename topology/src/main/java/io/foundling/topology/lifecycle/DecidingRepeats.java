package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The repeats of awaiting statuses without which the waits of a subject would be others (rule T12): its restarts, and the
 * first repeat of each status that was in time. It finds which restarts are joined to a chain when a subject has too many
 * facts (rule B8).
 */
final class DecidingRepeats {

    private final List<Fact> facts = new ArrayList<>(0);
    private final List<Joint> joints = new ArrayList<>(0);
    private Restart last;

    private record Restart(Fact fact, WaitId began) {}

    /** Two restarts of one status of one attempt, with no other one between them. */
    record Joint(Fact earlier, Fact later, int gaps) {

        Fact joined() {
            return later.joinedTo(earlier, gaps);
        }
    }

    /** Takes the first repeat of a status that was in time. */
    void addInTime(Fact repeat) {
        facts.add(repeat);
    }

    /**
     * Takes a restart. Those of one status follow each other in the order in which they began.
     *
     * @param began the wait that it began
     */
    void addRestart(Fact restart, WaitId began) {
        facts.add(restart);
        if (last != null && last.began().isOfStatus(began)) {
            // So that the wait that the later one began keeps its number.
            int gaps = began.extension()
                    - last.began().extension()
                    + last.fact().chain().gaps();
            joints.add(new Joint(last.fact(), restart, gaps));
        }
        last = new Restart(restart, began);
    }

    List<Fact> facts() {
        return facts;
    }

    /** Returns the two restarts that are joined first; none if no status was restarted twice. */
    Optional<Joint> first() {
        return joints.stream().min(Comparator.comparing(Joint::earlier, Fact.TOTAL_ORDER));
    }
}
