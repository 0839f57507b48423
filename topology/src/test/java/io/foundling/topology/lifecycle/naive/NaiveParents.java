package io.foundling.topology.lifecycle.naive;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The limits that closings set (rule 9). */
final class NaiveParents {

    private final Map<String, List<NaiveClosing>> parents;
    private final long graceMs;

    NaiveParents(Map<String, List<NaiveClosing>> parents, long graceMs) {
        this.parents = parents;
        this.graceMs = graceMs;
    }

    /** Returns the watches of a subject, each under the earlier of its limits. */
    List<NaiveWatch> limited(NaivePlacing placing, Collection<NaiveWatch> told) {
        List<NaiveWatch> limited = new ArrayList<>();
        for (NaiveWatch watch : NaiveWatches.of(placing)) {
            List<Fact> facts = placing.attempts().get(watch.attempt());
            String parent = NaivePlacing.parentOf(facts);
            List<NaiveClosing> closings = parent.isEmpty() ? List.of() : parents.getOrDefault(parent, List.of());
            long beganMs = placing.withStatus(watch.attempt()).get(0).occurredAtMs();
            limited.add(
                    closings.isEmpty()
                            ? asRemembered(watch, parent, told)
                            : limit(watch, parent, beganMs, closings).orElse(watch));
        }
        return limited;
    }

    private static NaiveWatch asRemembered(NaiveWatch watch, String parent, Collection<NaiveWatch> told) {
        return told.stream()
                .filter(before -> !parent.isEmpty()
                        && before.key().equals(watch.key())
                        && before.reason() == OrphanReason.PARENT_CLOSED
                        && before.closedParent().equals(parent)
                        && before.deadlineMs() < watch.limitMs())
                .findFirst()
                .map(before -> watch.underClosing(parent, before.deadlineMs(), Long.MIN_VALUE))
                .orElse(watch);
    }

    private Optional<NaiveWatch> limit(NaiveWatch watch, String parent, long beganMs, List<NaiveClosing> known) {
        List<NaiveClosing> closings = known.stream()
                .sorted(Comparator.comparing(NaiveClosing::attempt))
                .toList();
        long closedBeforeMs = Long.MIN_VALUE;
        NaiveClosing last = null;
        for (NaiveClosing closing : closings) {
            last = closing;
            if (closing.closedAtMs() == Fact.NEVER) {
                continue;
            }
            if (beganMs <= closing.closedAtMs() && (closedBeforeMs == Long.MIN_VALUE || beganMs > closedBeforeMs)) {
                return closing.warns() ? heldAt(watch, parent, closing) : Optional.empty();
            }
            closedBeforeMs = Math.max(closedBeforeMs, closing.closedAtMs());
        }
        boolean open = last.closedAtMs() == Fact.NEVER;
        boolean first = watch.enteredAtMs() == beganMs && watch.extension() == 0;
        return open || !first || !last.warns()
                ? Optional.empty()
                : earlier(watch, parent, NaiveOrder.add(beganMs, graceMs), last.heldUntilMs());
    }

    /** The status that the attempt has at the limit, if it has not come back by then. */
    private Optional<NaiveWatch> heldAt(NaiveWatch watch, String parent, NaiveClosing closing) {
        long limitMs = NaiveOrder.add(closing.closedAtMs(), graceMs);
        boolean entered = watch.enteredAtMs() <= limitMs;
        boolean stays = watch.leftAtMs().isEmpty() || watch.leftAtMs().getAsLong() > limitMs;
        return entered && stays ? earlier(watch, parent, limitMs, closing.heldUntilMs()) : Optional.empty();
    }

    private static Optional<NaiveWatch> earlier(NaiveWatch watch, String parent, long limitMs, long heldUntilMs) {
        return limitMs < watch.limitMs()
                ? Optional.of(watch.underClosing(parent, limitMs, heldUntilMs))
                : Optional.empty();
    }
}
