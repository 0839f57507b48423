package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Compares what is marked with what was told, and says the difference (rule 9). */
final class Teller {

    private final Moment moment;
    private final boolean held;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    Teller(Moment moment, boolean held) {
        this.moment = moment;
        this.held = held;
    }

    /** The marks that are told now, and the notices that lead there. */
    record Telling(List<Mark> marks, List<Notice> notices) {}

    /** Marks of collapsed attempts without a watch stand as they are. */
    Telling tell(List<Watch> watches, List<Mark> told, int collapsedThrough) {
        List<Mark> unmatched = new ArrayList<>(told);
        List<Mark> collapsed = new ArrayList<>();
        for (Watch watch : watches) {
            Mark before = take(unmatched, watch);
            if (before == null) {
                tellIfDue(watch);
            } else {
                review(before, watch);
            }
        }
        for (Mark mark : unmatched) {
            if (mark.attempt() <= collapsedThrough) {
                collapsed.add(mark);
            } else {
                notices.add(new Notice(Notice.Kind.WITHDRAWN, mark));
            }
        }
        marks.addAll(0, collapsed);
        return new Telling(List.copyOf(marks), List.copyOf(withdrawalsFirst()));
    }

    private static Mark take(List<Mark> told, Watch watch) {
        for (Iterator<Mark> each = told.iterator(); each.hasNext(); ) {
            Mark mark = each.next();
            if (watch.sameAs(mark.attempt(), mark.status(), mark.extension())) {
                each.remove();
                return mark;
            }
        }
        return null;
    }

    private void tellIfDue(Watch watch) {
        if (held || !watch.canBeTold() || moment.clockMs() <= watch.dueMs()) {
            return;
        }
        Mark mark = Mark.of(watch, moment.clockMs(), moment.nowMs());
        marks.add(mark);
        notices.add(new Notice(Notice.Kind.TOLD, mark));
        if (watch.hasLeft()) {
            notices.add(new Notice(Notice.Kind.RECOVERED, mark));
        }
    }

    private void review(Mark before, Watch watch) {
        boolean isPast = moment.clockMs() > watch.tellableMs() || before.clockMs() > watch.tellableMs();
        if (watch.leftInTime() || !isPast) {
            notices.add(new Notice(Notice.Kind.WITHDRAWN, before));
            return;
        }
        Mark mark = Mark.of(watch, before.clockMs(), before.detectedAtMs());
        marks.add(mark);
        if (before.stands() && !mark.stands()) {
            notices.add(new Notice(Notice.Kind.RECOVERED, mark));
        } else if (mark.stands() && !(before.stands() && mark.tellsTheSameAs(before))) {
            notices.add(new Notice(Notice.Kind.UPDATED, mark));
        }
    }

    /** So that the last record of a key in a transaction is the standing warning. */
    private List<Notice> withdrawalsFirst() {
        List<Notice> ordered = new ArrayList<>(notices.size());
        notices.stream()
                .filter(notice -> !notice.mark().stands() || isWithdrawal(notice))
                .forEach(ordered::add);
        notices.stream()
                .filter(notice -> notice.mark().stands() && !isWithdrawal(notice))
                .forEach(ordered::add);
        return ordered;
    }

    private static boolean isWithdrawal(Notice notice) {
        return notice.kind() == Notice.Kind.WITHDRAWN;
    }
}
