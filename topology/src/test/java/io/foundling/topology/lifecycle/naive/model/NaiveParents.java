package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The limits that closings set (rules P7, P8, P9 and P18). */
final class NaiveParents {

    private final Map<String, List<NaiveClosing>> parents;
    private final long graceMs;
    private final Set<NaiveEnd> remembered;
    private final Set<NaiveEnd> ends = new HashSet<>();

    NaiveParents(Map<String, List<NaiveClosing>> parents, long graceMs) {
        this(parents, graceMs, Set.of());
    }

    /** @param remembered what cancelled parents ended before; it counts where nothing is known of a parent any more */
    NaiveParents(Map<String, List<NaiveClosing>> parents, long graceMs, Set<NaiveEnd> remembered) {
        this.parents = parents;
        this.graceMs = graceMs;
        this.remembered = remembered;
    }

    /** Returns the cancelled attempts that ended a status of the subject. */
    Set<NaiveEnd> ends(NaivePlacing placing) {
        ends.clear();
        NaiveWaits.of(placing, ended -> false).forEach(wait -> cancelled(wait, placing));
        placing.numbersWithStatus().forEach(attempt -> endedAt(attempt, placing));
        return Set.copyOf(ends);
    }

    /** Returns the waits of a subject, each under the earlier of its limits. */
    List<NaiveWait> limited(NaivePlacing placing, Collection<NaiveWait> emitted) {
        List<NaiveWait> limited = new ArrayList<>();
        for (NaiveWait wait : NaiveWaits.of(placing, ended -> isLost(ended, placing, emitted))) {
            limited.add(limited(wait, placing, emitted));
        }
        return limited.stream()
                .flatMap(wait -> cancelled(wait, placing).stream())
                .toList();
    }

    /** Returns the same, ended by the closing of a cancelled parent; none if it only began after that had ended its status. */
    private Optional<NaiveWait> cancelled(NaiveWait wait, NaivePlacing placing) {
        Optional<NaiveEnd> end = end(wait.attempt(), placing);
        OptionalLong at = atMs(end);
        if (at.isEmpty() || wait.leftAtMs().orElse(Times.NEVER) <= at.getAsLong()) {
            return Optional.of(wait);
        } else if (wait.enteredAtMs() <= at.getAsLong()) {
            ends.add(end.orElseThrow());
            return Optional.of(wait.leftAt(at.getAsLong()));
        }
        return wait.extension() == 0 ? Optional.of(wait) : withoutExtensionsAfter(at.getAsLong(), wait, placing);
    }

    private static Optional<NaiveWait> withoutExtensionsAfter(long atMs, NaiveWait wait, NaivePlacing placing) {
        boolean isEnded = placing.withStatus(wait.attempt()).stream()
                .anyMatch(fact -> fact.type().status() == wait.status() && fact.occurredAtMs() <= atMs);
        return isEnded ? Optional.empty() : Optional.of(wait);
    }

    /** Returns when the closing of its cancelled parent ended the status of an attempt; nothing if it did not. */
    OptionalLong endedAt(int attempt, NaivePlacing placing) {
        Optional<NaiveEnd> end = end(attempt, placing);
        OptionalLong at = atMs(end);
        Fact deciding = placing.deciding(attempt);
        boolean ended = deciding.type().awaits() && at.isPresent() && at.getAsLong() >= deciding.occurredAtMs();
        end.filter(any -> ended).ifPresent(ends::add);
        return ended ? at : OptionalLong.empty();
    }

    private static OptionalLong atMs(Optional<NaiveEnd> end) {
        return end.map(each -> OptionalLong.of(each.atMs())).orElse(OptionalLong.empty());
    }

    /** Returns the cancelled attempt of its parent that an attempt belongs to. */
    private Optional<NaiveEnd> end(int attempt, NaivePlacing placing) {
        String parent = placing.parent(attempt);
        long beganMs = placing.withStatus(attempt).get(0).occurredAtMs();
        if (parents.getOrDefault(parent, List.of()).isEmpty()) {
            return remembered.stream()
                    .filter(end -> end.parent().equals(parent) && beganMs > end.afterMs() && beganMs <= end.atMs())
                    .findFirst();
        }
        long closedBeforeMs = Long.MIN_VALUE;
        List<NaiveClosing> closings = parents.getOrDefault(parent, List.of()).stream()
                .filter(closing -> closing.closedAtMs() != Times.NEVER)
                .sorted(Comparator.comparing(NaiveClosing::attempt))
                .toList();
        for (NaiveClosing closing : closings) {
            if (beganMs <= closing.closedAtMs()) {
                boolean belongs = closedBeforeMs == Long.MIN_VALUE || beganMs > closedBeforeMs;
                return belongs && !closing.warns()
                        ? Optional.of(new NaiveEnd(parent, closedBeforeMs, closing.closedAtMs()))
                        : Optional.empty();
            }
            closedBeforeMs = Math.max(closedBeforeMs, closing.closedAtMs());
        }
        return Optional.empty();
    }

    private NaiveWait limited(NaiveWait wait, NaivePlacing placing, Collection<NaiveWait> emitted) {
        String parent = placing.parent(wait.attempt());
        List<NaiveClosing> closings = parent.isEmpty() ? List.of() : parents.getOrDefault(parent, List.of());
        long beganMs = placing.withStatus(wait.attempt()).get(0).occurredAtMs();
        return closings.isEmpty()
                ? asRemembered(wait, parent, emitted)
                : limit(wait, parent, beganMs, closings, emitted).orElse(wait);
    }

    /** Whether a closing would have made an orphan of a wait by the time at which it was left, whatever its deadline. */
    private boolean isLost(NaiveWait ended, NaivePlacing placing, Collection<NaiveWait> emitted) {
        NaiveWait byClosing = limited(ended.withoutDeadline(), placing, emitted);
        return byClosing.limit().reason() == OrphanReason.PARENT_CLOSED
                && byClosing.limitMs() < ended.leftAtMs().orElseThrow();
    }

    private static NaiveWait asRemembered(NaiveWait wait, String parent, Collection<NaiveWait> emitted) {
        return emitted.stream()
                .filter(before -> !parent.isEmpty()
                        && before.key().equals(wait.key())
                        && before.limit().reason() == OrphanReason.PARENT_CLOSED
                        && before.limit().closedParent().equals(parent)
                        && before.limit().deadlineMs() < wait.limitMs())
                .findFirst()
                .map(before -> wait.underClosing(parent, before.limit().deadlineMs(), Long.MIN_VALUE))
                .orElse(wait);
    }

    private Optional<NaiveWait> limit(
            NaiveWait wait, String parent, long beganMs, List<NaiveClosing> known, Collection<NaiveWait> emitted) {
        List<NaiveClosing> closings = known.stream()
                .sorted(Comparator.comparing(NaiveClosing::attempt))
                .toList();
        long closedBeforeMs = Long.MIN_VALUE;
        NaiveClosing last = null;
        for (NaiveClosing closing : closings) {
            last = closing;
            if (closing.closedAtMs() == Times.NEVER) {
                continue;
            }
            if (beganMs <= closing.closedAtMs() && (closedBeforeMs == Long.MIN_VALUE || beganMs > closedBeforeMs)) {
                return closing.warns() ? heldAt(wait, parent, closing) : Optional.empty();
            }
            closedBeforeMs = Math.max(closedBeforeMs, closing.closedAtMs());
        }
        boolean open = last.closedAtMs() == Times.NEVER;
        boolean first = wait.enteredAtMs() == beganMs && wait.extension() == 0;
        if (open || !first || !last.warns()) {
            return Optional.empty();
        }
        long limitMs = NaiveOrder.add(beganMs, graceMs);
        boolean isReadThrough = last.readThroughMs() > limitMs;
        return isReadThrough
                ? earlier(wait, parent, limitMs, last.reportedAtMs())
                : Optional.of(asRemembered(wait, parent, emitted));
    }

    /** The status that the attempt has at the limit, if it has not come back by then. */
    private Optional<NaiveWait> heldAt(NaiveWait wait, String parent, NaiveClosing closing) {
        long limitMs = NaiveOrder.add(closing.closedAtMs(), graceMs);
        boolean entered = wait.enteredAtMs() <= limitMs;
        boolean stays = wait.leftAtMs().isEmpty() || wait.leftAtMs().getAsLong() > limitMs;
        return entered && stays ? earlier(wait, parent, limitMs, closing.reportedAtMs()) : Optional.empty();
    }

    private static Optional<NaiveWait> earlier(NaiveWait wait, String parent, long limitMs, long reportedAtMs) {
        return limitMs < wait.limitMs()
                ? Optional.of(wait.underClosing(parent, limitMs, reportedAtMs))
                : Optional.empty();
    }
}
