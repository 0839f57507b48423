package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Compares the orphan marks of a subject with the warnings emitted for it: which are new, change, recover or are withdrawn. */
final class WarningReview {

    private final Moment moment;
    private final boolean held;
    private final List<Warning> warnings = new ArrayList<>();
    private final List<WarningChange> changes = new ArrayList<>();

    WarningReview(Moment moment, boolean held) {
        this.moment = moment;
        this.held = held;
    }

    /** The warnings of the subject from now on, and the changes that lead there. */
    record Reviewed(List<Warning> warnings, List<WarningChange> changes) {}

    /** Warnings of collapsed attempts whose awaiting status is no longer known stay as they are. */
    Reviewed review(List<AwaitingStatus> awaitingStatuses, List<Warning> emitted, int collapsedThrough) {
        List<Warning> unmatched = new ArrayList<>(emitted);
        List<Warning> collapsed = new ArrayList<>();
        for (AwaitingStatus awaiting : awaitingStatuses) {
            Warning before = take(unmatched, awaiting);
            if (before == null) {
                emitIfDue(awaiting);
            } else {
                compare(before, awaiting);
            }
        }
        for (Warning warning : unmatched) {
            if (warning.attempt() <= collapsedThrough) {
                collapsed.add(warning);
            } else {
                changes.add(new WarningChange(WarningChange.Kind.WITHDRAWN, warning));
            }
        }
        warnings.addAll(0, collapsed);
        return new Reviewed(List.copyOf(warnings), List.copyOf(withdrawalsFirst()));
    }

    private static Warning take(List<Warning> emitted, AwaitingStatus awaiting) {
        for (Iterator<Warning> each = emitted.iterator(); each.hasNext(); ) {
            Warning warning = each.next();
            if (awaiting.sameAs(warning.attempt(), warning.status(), warning.extension())) {
                each.remove();
                return warning;
            }
        }
        return null;
    }

    private void emitIfDue(AwaitingStatus awaiting) {
        if (held || !awaiting.canBecomeOrphan() || moment.clockMs() <= awaiting.dueMs()) {
            return;
        }
        Warning warning = Warning.of(awaiting, moment.clockMs(), moment.nowMs());
        warnings.add(warning);
        changes.add(new WarningChange(WarningChange.Kind.EMITTED, warning));
        if (awaiting.hasLeft()) {
            changes.add(new WarningChange(WarningChange.Kind.RECOVERED, warning));
        }
    }

    private void compare(Warning before, AwaitingStatus awaiting) {
        boolean isPast = moment.clockMs() > awaiting.emittableMs() || before.clockMs() > awaiting.emittableMs();
        if (awaiting.leftInTime() || !isPast) {
            changes.add(new WarningChange(WarningChange.Kind.WITHDRAWN, before));
            return;
        }
        Warning warning = Warning.of(awaiting, before.clockMs(), before.detectedAtMs());
        warnings.add(warning);
        if (before.isStanding() && !warning.isStanding()) {
            changes.add(new WarningChange(WarningChange.Kind.RECOVERED, warning));
        } else if (warning.isStanding() && !(before.isStanding() && warning.looksLike(before))) {
            changes.add(new WarningChange(WarningChange.Kind.UPDATED, warning));
        }
    }

    /** So that the last record of a key in a transaction is the standing warning. */
    private List<WarningChange> withdrawalsFirst() {
        List<WarningChange> ordered = new ArrayList<>(changes.size());
        changes.stream()
                .filter(change -> !change.warning().isStanding() || isWithdrawal(change))
                .forEach(ordered::add);
        changes.stream()
                .filter(change -> change.warning().isStanding() && !isWithdrawal(change))
                .forEach(ordered::add);
        return ordered;
    }

    private static boolean isWithdrawal(WarningChange change) {
        return change.kind() == WarningChange.Kind.WITHDRAWN;
    }
}
