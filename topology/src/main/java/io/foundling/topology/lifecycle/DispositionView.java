package io.foundling.topology.lifecycle;

import java.util.List;

/**
 * What a disposition shows beyond its stored state: derived from the facts of its current attempt.
 *
 * @param deadline {@link Deadline#NONE} where the status does not await any more or has no deadline
 * @param texts those of the fact that decides, with what the wait waits for and the first external id of the attempt
 * @param history the ten highest attempts that have a status, lowest first
 */
public record DispositionView(
        String parent,
        long enteredAtMs,
        Deadline deadline,
        long firstOccurredAtMs,
        long lastOccurredAtMs,
        FactTexts texts,
        FactNumbers numbers,
        List<AttemptSpan> history) {

    /**
     * Returns the view of a subject.
     *
     * @throws IllegalStateException if no status has arrived
     */
    static DispositionView of(PlacedDisposition subject) {
        Disposition state = subject.disposition();
        Placement placement = subject.placement();
        AttemptFacts latest = placement
                .latest()
                .orElseThrow(() -> new IllegalStateException("a subject without a status has no disposition"));
        Fact deciding = latest.deciding().orElseThrow();
        Wait wait = deciding.type().awaits() ? Waits.present(subject.waits(), latest) : null;
        boolean hasDeadline = wait != null && wait.limit().deadline().exists() && !state.isEnded();
        return new DispositionView(
                placement.parentOf(latest),
                deciding.occurredAtMs(),
                hasDeadline ? wait.limit().deadline() : Deadline.NONE,
                Math.min(state.collapsed().firstOccurredAtMs(), placement.beganAtMs()),
                placement.lastOccurredAtMs(),
                deciding.texts()
                        .waitingOn(wait == null ? deciding.texts().waitingOn() : wait.waitingOn())
                        .externalId(latest.externalId()),
                deciding.type() == FactType.DECLARED ? FactNumbers.NONE : deciding.numbers(),
                history(subject));
    }

    private static List<AttemptSpan> history(PlacedDisposition subject) {
        Disposition state = subject.disposition();
        List<AttemptSpan> history = subject.attempts();
        AttemptSpan latest = history.remove(history.size() - 1);
        history.add(state.isEnded() ? latest.endedAt(state.retention().endedAtMs()) : latest);
        return List.copyOf(history.subList(Math.max(0, history.size() - Collapsed.MAX_HISTORY), history.size()));
    }
}
