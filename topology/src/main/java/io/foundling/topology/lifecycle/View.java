package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.List;

/**
 * What a disposition shows beyond its stored state: derived from the facts of its current attempt.
 *
 * @param deadlineMs {@link Fact#NEVER} where the status does not await or has no deadline
 * @param history the ten highest attempts that have a status, lowest first
 */
public record View(
        String parent,
        long enteredAtMs,
        long firstOccurredAtMs,
        long lastOccurredAtMs,
        long deadlineMs,
        long graceMs,
        String rule,
        String detail,
        String waitingOn,
        String reason,
        String externalId,
        List<AttemptSpan> history) {

    /**
     * Returns the view of a subject.
     *
     * @throws IllegalStateException if no status has arrived
     */
    public static View of(SubjectState state) {
        Placement placement = Placement.of(state.facts(), state.collapsed());
        AttemptFacts standing = placement
                .standing()
                .orElseThrow(() -> new IllegalStateException("a subject without a status has no disposition"));
        Fact deciding = standing.deciding().orElseThrow();
        Watch watch = deciding.type().awaits() ? current(Watches.of(placement), standing) : null;
        boolean hasDeadline = watch != null && watch.deadlineMs() != Fact.NEVER;
        List<Fact> placed = placement.attempts().values().stream()
                .flatMap(attempt -> attempt.facts().stream())
                .sorted(Fact.TOTAL_ORDER)
                .toList();
        return new View(
                standing.parent(),
                deciding.occurredAtMs(),
                Math.min(state.collapsed().firstOccurredAtMs(), placed.get(0).occurredAtMs()),
                placed.get(placed.size() - 1).occurredAtMs(),
                hasDeadline ? watch.deadlineMs() : Fact.NEVER,
                hasDeadline ? watch.graceMs() : 0,
                hasDeadline ? watch.rule() : "",
                deciding.detail(),
                watch == null ? deciding.waitingOn() : watch.waitingOn(),
                deciding.reason(),
                standing.externalId(),
                history(state, placement));
    }

    /** The last extension of the status that decides. */
    private static Watch current(List<Watch> watches, AttemptFacts standing) {
        Watch current = null;
        for (Watch watch : watches) {
            if (watch.attempt() == standing.number() && watch.status() == standing.status()) {
                current = watch;
            }
        }
        return current;
    }

    private static List<AttemptSpan> history(SubjectState state, Placement placement) {
        List<AttemptSpan> history = new ArrayList<>(state.collapsed().history());
        placement.attempts().values().stream()
                .filter(AttemptFacts::hasStatus)
                .forEach(attempt -> history.add(AttemptSpan.of(attempt, placement)));
        return List.copyOf(history.subList(Math.max(0, history.size() - Bounds.MAX_HISTORY), history.size()));
    }
}
