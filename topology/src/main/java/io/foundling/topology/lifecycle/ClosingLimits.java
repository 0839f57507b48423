package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the watches of one subject under the limit that the closing of a parent sets (rule 9). */
final class ClosingLimits {

    private final Parents parents;
    private final long settleGraceMs;
    private final Map<String, Closings> asked = new HashMap<>();

    ClosingLimits(Parents parents, long settleGraceMs) {
        this.parents = parents;
        this.settleGraceMs = settleGraceMs;
    }

    /**
     * Returns the watches, each under the earlier of its two limits.
     *
     * @param told marks told so far: of a parent that was forgotten they say what its closing was
     */
    List<Watch> apply(List<Watch> watches, Placement placement, List<Mark> told) {
        return watches.stream().map(watch -> limit(watch, placement, told)).toList();
    }

    private Watch limit(Watch watch, Placement placement, List<Mark> told) {
        AttemptFacts attempt = placement.attempts().get(watch.attempt());
        if (attempt == null || attempt.parent().isEmpty()) {
            return watch;
        }
        Closings closings = asked.computeIfAbsent(attempt.parent(), parents::of);
        long beganMs = attempt.startedAtMs().orElseThrow();
        if (closings.isUnknown(beganMs)) {
            return remembered(watch, attempt.parent(), told);
        }
        Optional<Closing> own = closings.closingOf(beganMs);
        if (own.isPresent()) {
            long limitMs = Fact.saturatedAdd(own.get().closedAtMs(), settleGraceMs);
            boolean heldThen = watch.enteredAtMs() <= limitMs && watch.leftAtMs() > limitMs;
            return own.get().warns() && heldThen
                    ? watch.limitedBy(attempt.parent(), limitMs, own.get().heldUntilMs())
                    : watch;
        }
        boolean isFirst = watch.enteredAtMs() == beganMs && watch.extension() == 0;
        return closings.closedBefore(beganMs)
                .filter(closing -> isFirst && closing.warns())
                .map(closing -> watch.limitedBy(
                        attempt.parent(), Fact.saturatedAdd(beganMs, settleGraceMs), closing.heldUntilMs()))
                .orElse(watch);
    }

    private static Watch remembered(Watch watch, String parent, List<Mark> told) {
        return told.stream()
                .filter(mark -> mark.reason() == OrphanReason.PARENT_CLOSED
                        && mark.closedParent().equals(parent)
                        && watch.sameAs(mark.attempt(), mark.status(), mark.extension()))
                .findFirst()
                .map(mark -> watch.limitedBy(parent, mark.startsAtMs(), Long.MIN_VALUE))
                .orElse(watch);
    }
}
