package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.Collection;
import java.util.List;

/**
 * That a run of a scope has completed or failed.
 *
 * @param status COMPLETED or FAILED; UNKNOWN if no run has
 * @param atMs when; {@link Times#NEVER} if none has
 */
public record RunEnd(Status status, long atMs) {

    public static final RunEnd NONE = new RunEnd(Status.UNKNOWN, Times.NEVER);

    /**
     * Returns the last one, in order, since the scope was last retired (rule F1).
     *
     * @param collapsed the last one of attempts whose facts are gone
     */
    static RunEnd last(Collection<AttemptFacts> attempts, RunEnd collapsed) {
        Fact retired = null;
        Fact last = null;
        for (AttemptFacts attempt : attempts) {
            Fact outcome = attempt.outcome().orElse(null);
            for (Fact fact : attempt.facts()) {
                if (fact.type() == FactType.RETIRED) {
                    retired = later(retired, fact);
                } else if (isEnd(fact) && (fact == outcome || !fact.isNumbered())) {
                    last = later(last, fact);
                }
            }
        }
        RunEnd kept = retired != null && collapsed.atMs() <= retired.occurredAtMs() ? NONE : collapsed;
        boolean isAny = last != null && (retired == null || retired.precedes(last));
        return isAny && (!kept.exists() || kept.atMs() <= last.occurredAtMs())
                ? new RunEnd(last.type().status(), last.occurredAtMs())
                : kept;
    }

    /** Returns that of attempts that are known in brief only: the highest that has ended counts. */
    public static RunEnd of(List<AttemptSpan> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            AttemptSpan span = history.get(i);
            if (span.status() == Status.RETIRED) {
                return NONE;
            } else if (span.status() == Status.COMPLETED || span.status() == Status.FAILED) {
                return new RunEnd(span.status(), span.endedAtMs());
            }
        }
        return NONE;
    }

    private static boolean isEnd(Fact fact) {
        return fact.type() == FactType.COMPLETED || fact.type() == FactType.FAILED;
    }

    private static Fact later(Fact a, Fact b) {
        return a == null || a.precedes(b) ? b : a;
    }

    public boolean exists() {
        return atMs != Times.NEVER;
    }
}
