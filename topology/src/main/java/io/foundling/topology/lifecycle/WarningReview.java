package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Compares the waits of a subject with the warnings emitted for them: which warnings are new, change, recover or are
 * withdrawn (rules T14 and T15), and of which ones there is a reminder (rule T25). One instance decides once.
 */
final class WarningReview {

    private final Moment moment;
    private final long maxHoldMs;
    private final List<Warning> warnings = new ArrayList<>();
    private final List<WarningChange> changes = new ArrayList<>();

    WarningReview(Moment moment, long maxHoldMs) {
        this.moment = moment;
        this.maxHoldMs = maxHoldMs;
    }

    /** The warnings of the subject from now on, and the changes that lead there. */
    record Reviewed(List<Warning> warnings, List<WarningChange> changes) {}

    Reviewed review(List<Wait> waits, List<Warning> emitted, Collapsed collapsed) {
        List<Warning> unmatched = new ArrayList<>(emitted);
        List<Warning> stay = new ArrayList<>();
        for (Wait wait : waits) {
            Warning before = take(unmatched, wait);
            if (before == null) {
                emitIfDue(wait);
            } else {
                compare(before, wait);
            }
        }
        for (Warning warning : unmatched) {
            boolean isForgotten = collapsed.hasForgotten(warning.id().attempt()) || isLeftOut(warning, waits);
            if (collapsed.remembers(warning.id().attempt())) {
                stay.add(warning);
            } else if (warning.isActive() || !isForgotten) {
                changes.add(new WarningChange(WarningChange.Kind.WITHDRAWN, warning));
            }
        }
        warnings.addAll(0, stay);
        return new Reviewed(List.copyOf(warnings), List.copyOf(withdrawalsFirst()));
    }

    /** Whether the wait of a warning went with a gap of a chain, whose number is left out (rule B7). */
    private static boolean isLeftOut(Warning warning, List<Wait> waits) {
        for (Wait wait : waits) {
            if (wait.id().isLaterThan(warning.id())) {
                return true;
            }
        }
        return false;
    }

    private static Warning take(List<Warning> emitted, Wait wait) {
        for (Iterator<Warning> each = emitted.iterator(); each.hasNext(); ) {
            Warning warning = each.next();
            if (warning.isOf(wait)) {
                each.remove();
                return warning;
            }
        }
        return null;
    }

    private void emitIfDue(Wait wait) {
        if (!wait.canBecomeOverdue() || !isDue(wait)) {
            return;
        }
        Emission emission = new Emission(
                moment.nowMs(), moment.clockMs(), moment.delay().atMs(moment.clockMs()), wait.emittableMs());
        Warning warning = Warning.of(wait, emission, !wait.hasLeft() && moment.isUnknown(wait.emittableMs()));
        warnings.add(warning);
        changes.add(new WarningChange(WarningChange.Kind.EMITTED, warning));
        if (wait.hasLeft()) {
            changes.add(new WarningChange(WarningChange.Kind.RECOVERED, warning));
        }
    }

    private boolean isDue(Wait wait) {
        return moment.clockMs() > wait.dueMs(moment.delay(), maxHoldMs);
    }

    private void compare(Warning before, Wait wait) {
        boolean stays = before.emission().isPast(wait.emittableMs()) || isDue(wait);
        if (wait.leftInTime() || !stays) {
            changes.add(new WarningChange(WarningChange.Kind.WITHDRAWN, before));
            return;
        }
        Warning warning = Warning.of(wait, before.emission(), !wait.hasLeft() && isUnknown(before, wait));
        if (!warning.isActive()) {
            warnings.add(warning);
            if (before.isActive()) {
                changes.add(new WarningChange(WarningChange.Kind.RECOVERED, warning));
            }
        } else if (!before.isActive() || !warning.looksLike(before)) {
            publish(WarningChange.Kind.UPDATED, warning);
        } else if (moment.clockMs() > warning.reminderMs(moment.reminders())) {
            publish(WarningChange.Kind.REMINDED, warning);
        } else {
            warnings.add(warning);
        }
    }

    /** A warning that is UNKNOWN is confirmed once it would be emitted if it had not been, and its source is settled. */
    private boolean isUnknown(Warning before, Wait wait) {
        return moment.isUnknown(wait.emittableMs()) || before.unknown() && !(isDue(wait) && moment.isSettled());
    }

    private void publish(WarningChange.Kind kind, Warning warning) {
        Warning published = warning.publishedAt(moment.clockMs());
        warnings.add(published);
        changes.add(new WarningChange(kind, published));
    }

    /** So that the last record of a key in a transaction is the active warning (rule T17). */
    private List<WarningChange> withdrawalsFirst() {
        if (changes.size() < 2) {
            return changes;
        }
        List<WarningChange> ordered = new ArrayList<>(changes.size());
        changes.stream()
                .filter(change -> !change.warning().isActive() || isWithdrawal(change))
                .forEach(ordered::add);
        changes.stream()
                .filter(change -> change.warning().isActive() && !isWithdrawal(change))
                .forEach(ordered::add);
        return ordered;
    }

    private static boolean isWithdrawal(WarningChange change) {
        return change.kind() == WarningChange.Kind.WITHDRAWN;
    }
}
