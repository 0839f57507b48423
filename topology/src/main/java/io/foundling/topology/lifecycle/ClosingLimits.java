package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the waits of one subject under the limit that the closing of a parent sets (rules P7, P8, P9 and P18). */
final class ClosingLimits {

    private final Parents parents;
    private final long settleGraceMs;
    private final Placement placement;
    private final Collapsed collapsed;
    private final Map<String, Closings> known = new HashMap<>();
    private final Map<String, Long> unread = new TreeMap<>();
    private final List<Ending> remembered;
    private final List<Ending> endings = new ArrayList<>(0);

    /** @param folded the subject; of forgotten closings, it remembers those that ended what it awaited */
    ClosingLimits(Parents parents, long settleGraceMs, Placement placement, Disposition folded) {
        this.parents = parents;
        this.settleGraceMs = settleGraceMs;
        this.placement = placement;
        this.collapsed = folded.collapsed();
        this.remembered = folded.endings();
    }

    /** An attempt as a member: its parent, and when it began. */
    private record Place(String parent, long beganMs) {}

    /** A limit that a closing sets, with the append time that came with the closing (rule P10). */
    private record ParentLimit(String parent, long atMs, long reportedAtMs) {}

    /**
     * Returns the waits, each under the earlier of its two limits.
     *
     * @param emitted the warnings so far: if a parent was forgotten, they still show the limit that its closing set
     */
    List<Wait> apply(List<Wait> waits, List<Warning> emitted) {
        List<Wait> limited = new ArrayList<>(waits.size());
        for (int at = 0; at < waits.size(); at++) {
            Wait wait = waits.get(at);
            Optional<Place> place = place(wait.id().attempt());
            Optional<Ending> ending = place.flatMap(this::endingOf).filter(found -> isWaiting(wait, found.atMs()));
            if (ending.isPresent()) {
                limited.add(wait.leftAt(ended(ending.get())));
                at = lastOfStatus(waits, at);
                continue;
            }
            Optional<ParentLimit> limit = place.flatMap(member -> limit(wait, member, emitted))
                    .filter(found -> isWaiting(wait, found.atMs()));
            if (limit.isEmpty()) {
                limited.add(wait);
                continue;
            }
            // No extension or restart after this limit ends the wait.
            at = lastOfStatus(waits, at);
            limited.add(wait.leftAt(waits.get(at).leftAtMs())
                    .underClosing(
                            limit.get().parent(),
                            limit.get().atMs(),
                            limit.get().reportedAtMs()));
        }
        return limited;
    }

    /** Returns when its cancelled parent ended the status of an attempt; {@link Times#NEVER} if it did not. */
    long endedAtMs(AttemptFacts attempt) {
        Fact deciding = attempt.deciding().orElseThrow();
        if (!deciding.type().awaits()) {
            return Times.NEVER;
        }
        return place(attempt.number())
                .flatMap(this::endingOf)
                .filter(ending -> deciding.occurredAtMs() <= ending.atMs())
                .map(this::ended)
                .orElse(Times.NEVER);
    }

    private long ended(Ending ending) {
        if (!endings.contains(ending)) {
            endings.add(ending);
        }
        return ending.atMs();
    }

    /** Returns the closings that end anything: the subject remembers them. Attempts that have collapsed have only waits. */
    List<Ending> endings() {
        if (!known.isEmpty()) {
            placement.attempts().values().stream()
                    .filter(attempt -> attempt.deciding().isPresent())
                    .forEach(this::endedAtMs);
        }
        return List.copyOf(endings);
    }

    /** Returns the place of an attempt, also of one that collapsed and is kept in brief; nothing without a parent. */
    private Optional<Place> place(int number) {
        AttemptFacts attempt = placement.attempts().get(number);
        if (attempt != null) {
            String parent = placement.parentOf(attempt);
            return parent.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Place(parent, attempt.startedAtMs().orElseThrow()));
        }
        for (AttemptSpan span : collapsed.history()) {
            if (span.attempt() == number && span.isMember()) {
                return Optional.of(new Place(span.parent(), span.startedAtMs()));
            }
        }
        return Optional.empty();
    }

    /** Returns how the attempt of its parent that a member belongs to ended it (rule P9): if it closed as CANCELLED. */
    private Optional<Ending> endingOf(Place member) {
        Closings closings = known.computeIfAbsent(member.parent(), parents::of);
        if (closings.isUnknown(member.beganMs())) {
            return remembered(member);
        }
        return closings.closingOf(member.beganMs())
                .filter(closing -> !closing.warns())
                .map(closing -> Ending.of(member.parent(), closing));
    }

    private Optional<Ending> remembered(Place member) {
        for (Ending ending : remembered) {
            if (ending.holds(member.parent(), member.beganMs())) {
                return Optional.of(ending);
            }
        }
        return Optional.empty();
    }

    private static boolean isWaiting(Wait wait, long atMs) {
        return wait.enteredAtMs() <= atMs && wait.leftAtMs() > atMs;
    }

    private static int lastOfStatus(List<Wait> waits, int first) {
        int last = first;
        while (last + 1 < waits.size()
                && waits.get(last + 1).id().isOfStatus(waits.get(first).id())) {
            last++;
        }
        return last;
    }

    private Optional<ParentLimit> limit(Wait wait, Place member, List<Warning> emitted) {
        Closings closings = known.computeIfAbsent(member.parent(), parents::of);
        long beganMs = member.beganMs();
        if (closings.isUnknown(beganMs)) {
            return remembered(wait, member.parent(), emitted);
        }
        Optional<Closing> own = closings.closingOf(beganMs);
        if (own.isPresent()) {
            return own.filter(Closing::warns)
                    .map(closing -> new ParentLimit(
                            member.parent(),
                            Times.plus(closing.closedAtMs(), settleGraceMs),
                            closings.reportedAt().applyAsLong(closing)));
        }
        boolean isFirst = wait.enteredAtMs() == beganMs && wait.id().extension() == 0;
        return closings.closedBefore(beganMs)
                .filter(closing -> isFirst && closing.warns())
                .flatMap(closing -> begunAfter(closing, closings, wait, member.parent(), emitted));
    }

    /** A reopening to which the attempt belongs may still be on its way (rule P18). */
    private Optional<ParentLimit> begunAfter(
            Closing closing, Closings closings, Wait wait, String parent, List<Warning> emitted) {
        long limitMs = Times.plus(wait.enteredAtMs(), settleGraceMs);
        if (closings.readThroughMs() > limitMs) {
            return Optional.of(
                    new ParentLimit(parent, limitMs, closings.reportedAt().applyAsLong(closing)));
        } else if (isWaiting(wait, limitMs)) {
            unread.merge(parent, limitMs, Math::min);
        }
        return remembered(wait, parent, emitted);
    }

    /** Returns the parents whose closures must be read through a time before they set a limit, with that time. */
    Map<String, Long> unread() {
        return unread;
    }

    private static Optional<ParentLimit> remembered(Wait wait, String parent, List<Warning> emitted) {
        return emitted.stream()
                .filter(warning -> warning.limit().isClosingOf(parent) && warning.isOf(wait))
                .findFirst()
                .map(warning ->
                        new ParentLimit(parent, warning.limit().deadline().atMs(), Long.MIN_VALUE));
    }
}
