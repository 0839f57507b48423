package io.foundling.topology.rebuild;

import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.schemas.ParentKinds;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedEnd;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.FormerNumbers;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Statuses;
import io.foundling.topology.lifecycle.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Which attempts of a subject get facts again, and what stands for those before them (rule R6).
 *
 * @param kept attempts of the published history, lowest first
 */
record RebuiltAttempts(List<Attempt> kept, Collapsed collapsed) {

    /** @param settled settlements of the subject, by attempt */
    static RebuiltAttempts of(Disposition published, NavigableMap<Integer, Settlement> settled) {
        List<Attempt> history = published.getHistory();
        Attempt first = history.get(0);
        if (isFormer(published)) {
            List<Attempt> kept = history.subList(1, history.size());
            Integer before = settled.lowerKey(kept.get(0).getAttempt());
            int last = Math.max(first.getAttempt(), before == null ? 0 : before);
            long closedAtMs = ms(first.getEndedAt());
            FormerAttempts former =
                    new FormerAttempts(last, first.getAttempt(), first.getStatus(), closedAtMs, closedAtMs);
            return new RebuiltAttempts(kept, former.disposition().collapsed());
        }
        Map.Entry<Integer, Settlement> before = settled.lowerEntry(first.getAttempt());
        boolean hasOlder = before != null || history.size() >= Collapsed.MAX_HISTORY;
        if (first.getAttempt() == 1 || !hasOlder) {
            return new RebuiltAttempts(history, Collapsed.NONE);
        }
        List<AttemptSpan> spans =
                before == null || before.getValue().getOutcome() == null ? List.of() : List.of(span(before.getValue()));
        // Of older attempts it is only known that there were some: what is read about them comes too late.
        Collapsed older = new Collapsed(
                first.getAttempt() - 1,
                CollapsedEnd.NONE,
                ms(published.getFirstOccurredAt()),
                ms(first.getStartedAt()) - 1,
                new CollapsedScope(Declaration.NONE, RunEnd.of(spans)),
                spans,
                List.of(),
                FormerNumbers.NONE);
        return new RebuiltAttempts(history, older);
    }

    /**
     * Whether a history begins with what was kept of a parent that had been forgotten (rule P14): that is an attempt with
     * one time and no entries, while the next one has some.
     */
    private static boolean isFormer(Disposition published) {
        List<Attempt> history = published.getHistory();
        Attempt first = history.get(0);
        return ParentKinds.includeKindOf(SubjectKey.of(published.getSubject()))
                && history.size() > 1
                && first.getEntered().isEmpty()
                && !history.get(1).getEntered().isEmpty()
                && first.getParent() == null
                && Statuses.isOutcome(first.getStatus())
                && first.getStartedAt().equals(first.getEndedAt());
    }

    private static AttemptSpan span(Settlement settlement) {
        long closedAtMs = ms(settlement.getClosedAt());
        return new AttemptSpan(
                settlement.getAttempt(),
                settlement.getOutcome(),
                closedAtMs,
                closedAtMs,
                List.of(),
                "",
                Announcement.UNANNOUNCED);
    }

    private static long ms(Instant moment) {
        return moment == null ? Times.NEVER : moment.toEpochMilli();
    }
}
