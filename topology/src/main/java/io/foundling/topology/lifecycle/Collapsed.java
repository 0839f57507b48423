package io.foundling.topology.lifecycle;

import java.util.List;

/**
 * The summary of the oldest attempts, whose facts had to go (rule B2).
 *
 * @param throughAttempt the highest collapsed number; 0 if nothing was collapsed
 * @param end what that attempt held
 * @param firstOccurredAtMs when the first collapsed fact happened
 * @param lastOccurredAtMs when the last collapsed fact happened
 * @param scope what they show of how fresh a scope is
 * @param history the highest numbers of the collapsed attempts, lowest first
 * @param waits those of these attempts that are or can still become overdue, with a warning or without; all of members
 * @param former how numbers go on if the subject was a parent that was forgotten (rule P14)
 */
public record Collapsed(
        int throughAttempt,
        CollapsedEnd end,
        long firstOccurredAtMs,
        long lastOccurredAtMs,
        CollapsedScope scope,
        List<AttemptSpan> history,
        List<Wait> waits,
        FormerNumbers former) {

    /** How many attempts are kept in brief. */
    public static final int MAX_HISTORY = 10;

    public static final Collapsed NONE = new Collapsed(
            0,
            CollapsedEnd.NONE,
            Times.NEVER,
            Long.MIN_VALUE,
            CollapsedScope.NONE,
            List.of(),
            List.of(),
            FormerNumbers.NONE);

    /** Whether these are the attempts of a parent that was forgotten (rule P14): what follows is the next one. */
    boolean isFormer() {
        return throughAttempt > 0 && throughAttempt == former.last();
    }

    /** Returns the same once a fact is read. */
    Collapsed reading(Fact fact, Distances distances) {
        FormerNumbers decided = former.reading(fact, distances);
        return decided.equals(former)
                ? this
                : new Collapsed(
                        throughAttempt, end, firstOccurredAtMs, lastOccurredAtMs, scope, history, waits, decided);
    }

    /** Returns the same with what is known otherwise of how fresh a scope is. */
    public Collapsed of(CollapsedScope known) {
        return new Collapsed(throughAttempt, end, firstOccurredAtMs, lastOccurredAtMs, known, history, waits, former);
    }

    /** Returns the parent that the next attempt has if its facts name none, or an empty text (rule L10). */
    String inherited() {
        AttemptSpan last = history.isEmpty() ? null : history.get(history.size() - 1);
        return last != null && last.awaits() ? last.parent() : "";
    }

    boolean isTooLate(Fact fact, Distances distances) {
        return throughAttempt > 0
                && (fact.attempt() > 0
                        ? fact.attempt() <= throughAttempt || former.isOfFormerCount(fact, distances)
                        : fact.occurredAtMs() <= throughMs(distances));
    }

    /**
     * Returns up to when facts without a number belong to these attempts. Of a parent that was forgotten nobody knows
     * any more which facts were out of step, so that any within the distance of rule L6 is taken for one.
     */
    long throughMs(Distances distances) {
        return isFormer() ? Times.plus(lastOccurredAtMs, distances.allowedLagMs()) : lastOccurredAtMs;
    }

    boolean holds(int attempt) {
        return attempt <= throughAttempt;
    }

    /** Whether an attempt is one of the collapsed ones that are kept in brief. */
    boolean remembers(int attempt) {
        return holds(attempt) && !history.isEmpty() && attempt >= history.get(0).attempt();
    }

    boolean hasForgotten(int attempt) {
        return holds(attempt) && !remembers(attempt);
    }
}
