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
    List<AwaitingStatus> apply(List<AwaitingStatus> awaitingStatuses, Placement placement, List<Warning> emitted) {
        return awaitingStatuses.stream()
                .map(awaiting -> limit(awaiting, placement, emitted))
                .toList();
    }

    private AwaitingStatus limit(AwaitingStatus awaiting, Placement placement, List<Warning> emitted) {
        AttemptFacts attempt = placement.attempts().get(awaiting.attempt());
        if (attempt == null || attempt.parent().isEmpty()) {
            return awaiting;
        }
        Closings closings = asked.computeIfAbsent(attempt.parent(), parents::of);
        long beganMs = attempt.startedAtMs().orElseThrow();
        if (closings.isUnknown(beganMs)) {
            return remembered(awaiting, attempt.parent(), emitted);
        }
        Optional<Closing> own = closings.closingOf(beganMs);
        if (own.isPresent()) {
            long limitMs = Fact.saturatedAdd(own.get().closedAtMs(), settleGraceMs);
            boolean heldThen = awaiting.enteredAtMs() <= limitMs && awaiting.leftAtMs() > limitMs;
            return own.get().warns() && heldThen
                    ? awaiting.limitedBy(attempt.parent(), limitMs, heldUntilMs(attempt, own.get()))
                    : awaiting;
        }
        boolean isFirst = awaiting.enteredAtMs() == beganMs && awaiting.extension() == 0;
        return closings.closedBefore(beganMs)
                .filter(closing -> isFirst && closing.warns())
                .map(closing -> awaiting.limitedBy(
                        attempt.parent(), Fact.saturatedAdd(beganMs, settleGraceMs), heldUntilMs(attempt, closing)))
                .orElse(awaiting);
    }

    private long heldUntilMs(AttemptFacts member, Closing closing) {
        return parents.heldUntilMs(member.parent(), closing.attempt());
    }

    private static AwaitingStatus remembered(AwaitingStatus awaiting, String parent, List<Warning> emitted) {
        return emitted.stream()
                .filter(warning -> warning.reason() == OrphanReason.PARENT_CLOSED
                        && warning.closedParent().equals(parent)
                        && awaiting.sameAs(warning.attempt(), warning.status(), warning.extension()))
                .findFirst()
                .map(warning -> awaiting.limitedBy(parent, warning.startsAtMs(), Long.MIN_VALUE))
                .orElse(awaiting);
    }
}
