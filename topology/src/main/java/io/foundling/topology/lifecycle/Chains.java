package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds which two extensions of a subject are joined to one, if it has too many facts (rule B7). */
final class Chains {

    private static final Comparator<Joint> FIRST =
            Comparator.comparing(Joint::earlier, Fact.TOTAL_ORDER).thenComparing(Joint::later, Fact.TOTAL_ORDER);

    private static final Comparator<Joint> SHORTEST =
            Comparator.comparingLong(Joint::gapMs).thenComparing(FIRST);

    private final Placement placement;
    private final List<Joint> inTime = new ArrayList<>();
    private final List<Joint> acrossGaps = new ArrayList<>();

    private Chains(Placement placement) {
        this.placement = placement;
    }

    /** Two extensions of one attempt that can be joined. */
    record Joint(Fact earlier, Fact later, boolean inTime) {

        long gapMs() {
            return later.beganAtMs() - earlier.occurredAtMs();
        }

        Fact joined() {
            return later.joinedTo(
                    earlier, earlier.chain().gaps() + later.chain().gaps() + (inTime ? 0 : 1));
        }
    }

    /** Returns the two that are joined first; none if all that could be joined are. */
    static Optional<Joint> first(Placement placement) {
        Chains chains = new Chains(placement);
        placement.attempts().values().forEach(chains::find);
        Optional<Joint> inTime = chains.inTime.stream().min(FIRST);
        return inTime.isPresent() ? inTime : chains.acrossGaps.stream().min(SHORTEST);
    }

    private void find(AttemptFacts attempt) {
        List<Fact> pieces = attempt.facts().stream()
                .filter(fact -> !fact.type().hasStatus())
                .toList();
        boolean isLatest = placement.latest().filter(attempt::equals).isPresent();
        for (int i = 1; i < pieces.size(); i++) {
            Fact later = pieces.get(i);
            int before = lastAlike(later, pieces.subList(0, i));
            if (before >= 0 && hasOneStatus(attempt, pieces.get(before), later)) {
                boolean isInTime = before == i - 1 && later.beganAtMs() <= limitMs(attempt, pieces.get(before));
                if (isInTime) {
                    inTime.add(new Joint(pieces.get(before), later, true));
                } else if (!isLatest || i < pieces.size() - 1) {
                    acrossGaps.add(new Joint(pieces.get(before), later, false));
                }
            }
        }
    }

    private static int lastAlike(Fact piece, List<Fact> pieces) {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (piece.isAlike(pieces.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean hasOneStatus(AttemptFacts attempt, Fact earlier, Fact later) {
        return attempt.rankAt(earlier.occurredAtMs()) == attempt.rankAt(later.beganAtMs());
    }

    /** A status that is not known yet has no grace: what is in time without one is so with any. */
    private static long limitMs(AttemptFacts attempt, Fact extension) {
        int rank = attempt.rankAt(extension.occurredAtMs());
        long graceMs = attempt.facts().stream()
                .filter(fact -> fact.type().hasStatus() && fact.type().rank() == rank)
                .findFirst()
                .map(fact -> fact.deadline().graceMs())
                .orElse(0L);
        return Times.plus(extension.deadline().atMs(), graceMs);
    }
}
