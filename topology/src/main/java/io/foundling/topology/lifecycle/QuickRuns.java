package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.List;

/** Finds out whether the runs of a RECORD follow each other quickly (rule L6). Asked only where that decides. */
final class QuickRuns {

    private final List<Fact> facts;
    private final List<Fact> outOfRange;
    private final long collapsedEndMs;
    private final long withinMs;

    /** @param facts in the total order */
    QuickRuns(List<Fact> facts, List<Fact> outOfRange, Collapsed collapsed, Distances distances) {
        this.facts = facts;
        this.outOfRange = outOfRange;
        this.collapsedEndMs = collapsed.end().lastEndMs();
        this.withinMs = distances.quickRunsMs();
    }

    /** Whether a fact of a status lies between an end and one that happened soon after that. */
    boolean lieBefore(Fact end, Status status) {
        boolean between = false;
        for (int i = facts.indexOf(end) - 1; i >= 0; i--) {
            Fact fact = facts.get(i);
            if (outOfRange.contains(fact)) {
                continue;
            }
            if (between && fact.type().isEnd()) {
                return isSoonAfter(end, fact.occurredAtMs());
            }
            between |= fact.type().status() == status;
        }
        return between && isSoonAfter(end, collapsedEndMs);
    }

    private boolean isSoonAfter(Fact end, long earlierMs) {
        return end.occurredAtMs() - withinMs <= earlierMs;
    }
}
