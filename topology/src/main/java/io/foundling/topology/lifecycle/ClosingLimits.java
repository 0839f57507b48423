package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the waits of one subject under the limit that the closing of a parent sets (rules P7, P8 and P9). */
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
    List<Wait> apply(List<Wait> waits, Placement placement, List<Warning> emitted) {
        return waits.stream().map(wait -> limit(wait, placement, emitted)).toList();
    }

    private Wait limit(Wait wait, Placement placement, List<Warning> emitted) {
        AttemptFacts attempt = placement.attempts().get(wait.attempt());
        if (attempt == null || attempt.parent().isEmpty()) {
            return wait;
        }
        Closings closings = asked.computeIfAbsent(attempt.parent(), parents::of);
        long beganMs = attempt.startedAtMs().orElseThrow();
        if (closings.isUnknown(beganMs)) {
            return remembered(wait, attempt.parent(), emitted);
        }
        Optional<Closing> own = closings.closingOf(beganMs);
        if (own.isPresent()) {
            long limitMs = Fact.saturatedAdd(own.get().closedAtMs(), settleGraceMs);
            boolean heldThen = wait.enteredAtMs() <= limitMs && wait.leftAtMs() > limitMs;
            return own.get().warns() && heldThen
                    ? wait.limitedBy(attempt.parent(), limitMs, heldUntilMs(attempt, own.get()))
                    : wait;
        }
        boolean isFirst = wait.enteredAtMs() == beganMs && wait.extension() == 0;
        return closings.closedBefore(beganMs)
                .filter(closing -> isFirst && closing.warns())
                .map(closing -> wait.limitedBy(
                        attempt.parent(), Fact.saturatedAdd(beganMs, settleGraceMs), heldUntilMs(attempt, closing)))
                .orElse(wait);
    }

    private long heldUntilMs(AttemptFacts member, Closing closing) {
        return parents.heldUntilMs(member.parent(), closing.attempt());
    }

    private static Wait remembered(Wait wait, String parent, List<Warning> emitted) {
        return emitted.stream()
                .filter(warning -> warning.reason() == OrphanReason.PARENT_CLOSED
                        && warning.closedParent().equals(parent)
                        && wait.sameAs(warning.attempt(), warning.status(), warning.extension()))
                .findFirst()
                .map(warning -> wait.limitedBy(parent, warning.startsAtMs(), Long.MIN_VALUE))
                .orElse(wait);
    }
}
