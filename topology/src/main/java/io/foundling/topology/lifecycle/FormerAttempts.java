package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a parent that is forgotten (rule P14): which attempt was its last, and when it closed last. A subject
 * that is made of later events goes on behind that, as behind attempts that collapsed.
 *
 * @param last the number of the last attempt
 * @param closed the number of the attempt that closed last
 * @param outcome of that attempt
 * @param closedAtMs when it closed
 * @param lastMs when the last fact of all attempts happened, which may be a repeat, or out of step
 */
public record FormerAttempts(int last, int closed, Status outcome, long closedAtMs, long lastMs) {

    /** Returns what to keep of a subject; nothing if none of its attempts has closed. */
    public static Optional<FormerAttempts> of(PlacedDisposition subject) {
        List<Closing> closings = subject.closings();
        if (closings.isEmpty()) {
            return Optional.empty();
        }
        int last = closings.get(closings.size() - 1).attempt();
        long lastMs = lastMs(subject.disposition());
        FormerAttempts former = null;
        for (AttemptSpan span : subject.disposition().collapsed().history()) {
            if (Statuses.isOutcome(span.status()) && isLater(span.endedAtMs(), former)) {
                former = new FormerAttempts(last, span.attempt(), span.status(), span.endedAtMs(), lastMs);
            }
        }
        for (Closing closing : closings) {
            if (closing.isClosed() && isLater(closing.closedAtMs(), former)) {
                former = new FormerAttempts(last, closing.attempt(), closing.outcome(), closing.closedAtMs(), lastMs);
            }
        }
        return Optional.ofNullable(former);
    }

    private static long lastMs(Disposition subject) {
        List<Fact> facts = subject.facts();
        long collapsedMs = subject.collapsed().lastOccurredAtMs();
        return facts.isEmpty()
                ? collapsedMs
                : Math.max(collapsedMs, facts.get(facts.size() - 1).occurredAtMs());
    }

    private static boolean isLater(long closedAtMs, FormerAttempts than) {
        return than == null || closedAtMs > than.closedAtMs;
    }

    /** Returns a subject of which nothing else is known. */
    public Disposition disposition() {
        AttemptSpan span =
                new AttemptSpan(closed, outcome, closedAtMs, closedAtMs, List.of(), "", Announcement.UNANNOUNCED);
        Collapsed collapsed = new Collapsed(
                last,
                CollapsedEnd.NONE,
                Times.NEVER,
                lastMs,
                new CollapsedScope(Declaration.NONE, RunEnd.of(List.of(span))),
                List.of(span),
                List.of(),
                FormerNumbers.of(last, lastMs));
        return new Disposition(
                List.of(),
                collapsed,
                Status.UNKNOWN,
                0,
                Metadata.NONE,
                Emitted.NONE,
                Long.MIN_VALUE,
                RetentionTimes.NONE);
    }
}
