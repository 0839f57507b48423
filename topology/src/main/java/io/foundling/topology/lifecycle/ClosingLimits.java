package io.foundling.topology.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the waits of one subject under the limit that the closing of a parent sets (rules P7, P8, P9 and P18). */
final class ClosingLimits {

    private final Parents parents;
    private final long settleGraceMs;
    private final Map<String, Closings> known = new HashMap<>();
    private final Map<String, Long> unread = new TreeMap<>();

    ClosingLimits(Parents parents, long settleGraceMs) {
        this.parents = parents;
        this.settleGraceMs = settleGraceMs;
    }

    /**
     * Returns the waits, each under the earlier of its two limits.
     *
     * @param emitted the warnings so far: if a parent was forgotten, they still show the limit that its closing set
     */
    List<Wait> apply(List<Wait> waits, Placement placement, List<Warning> emitted) {
        return waits.stream().map(wait -> limit(wait, placement, emitted)).toList();
    }

    private Wait limit(Wait wait, Placement placement, List<Warning> emitted) {
        AttemptFacts attempt = placement.attempts().get(wait.id().attempt());
        if (attempt == null || attempt.parent().isEmpty()) {
            return wait;
        }
        Closings closings = known.computeIfAbsent(attempt.parent(), parents::of);
        long beganMs = attempt.startedAtMs().orElseThrow();
        if (closings.isUnknown(beganMs)) {
            return remembered(wait, attempt.parent(), emitted);
        }
        Optional<Closing> own = closings.closingOf(beganMs);
        if (own.isPresent()) {
            long limitMs = Times.plus(own.get().closedAtMs(), settleGraceMs);
            boolean isWaitingThen = wait.enteredAtMs() <= limitMs && wait.leftAtMs() > limitMs;
            return own.get().warns() && isWaitingThen
                    ? wait.underClosing(
                            attempt.parent(), limitMs, closings.reportedAt().applyAsLong(own.get()))
                    : wait;
        }
        boolean isFirst = wait.enteredAtMs() == beganMs && wait.id().extension() == 0;
        return closings.closedBefore(beganMs)
                .filter(closing -> isFirst && closing.warns())
                .map(closing -> begunAfter(closing, closings, wait, attempt.parent(), emitted))
                .orElse(wait);
    }

    /** A reopening to which the attempt belongs may still be on its way (rule P18). */
    private Wait begunAfter(Closing closing, Closings closings, Wait wait, String parent, List<Warning> emitted) {
        long limitMs = Times.plus(wait.enteredAtMs(), settleGraceMs);
        if (closings.readThroughMs() > limitMs) {
            return wait.underClosing(parent, limitMs, closings.reportedAt().applyAsLong(closing));
        } else if (wait.leftAtMs() > limitMs && limitMs < wait.limitMs()) {
            unread.merge(parent, limitMs, Math::min);
        }
        return remembered(wait, parent, emitted);
    }

    /** Returns the parents whose closures must be read through a time before they set a limit, with that time. */
    Map<String, Long> unread() {
        return unread;
    }

    private static Wait remembered(Wait wait, String parent, List<Warning> emitted) {
        return emitted.stream()
                .filter(warning -> warning.limit().isClosingOf(parent) && warning.isOf(wait))
                .findFirst()
                .map(warning ->
                        wait.underClosing(parent, warning.limit().deadline().atMs(), Long.MIN_VALUE))
                .orElse(wait);
    }
}
