package io.foundling.console.model.table;

import io.foundling.audit.Deadline;
import io.foundling.audit.Disposition;
import io.foundling.audit.Freshness;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Statuses;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The columns of {@code disposition}. */
public final class DispositionColumns {

    static final List<Column<Disposition>> ALL = Stream.of(
                    SubjectColumns.of(Disposition::getSubject),
                    List.<Column<Disposition>>of(
                            Column.subjectKey("parent_key", Disposition::getParent),
                            Column.name("status", Disposition::getStatus),
                            Column.flag("awaits", DispositionColumns::awaits),
                            Column.count("attempt", Disposition::getAttempt),
                            Column.time("entered_ms", Disposition::getEnteredAt),
                            Column.time("first_ms", Disposition::getFirstOccurredAt),
                            Column.time("last_ms", Disposition::getLastOccurredAt),
                            Column.time("deadline_ms", deadline(Deadline::getAt)),
                            Column.number("grace_ms", deadline(Deadline::getGrace)),
                            Column.text("rule", deadline(Deadline::getRule)),
                            Column.count(
                                    "marks",
                                    disposition -> disposition.getMarks().size()),
                            Column.count("open_marks", DispositionColumns::openMarks),
                            Column.number("expected_members", Disposition::getExpectedMembers),
                            Column.flag("declared", Disposition::getDeclared),
                            Column.time("declared_ms", freshness(Freshness::getDeclaredAt)),
                            Column.number("max_age_ms", freshness(Freshness::getMaxAge)),
                            Column.time("active_since_ms", freshness(Freshness::getActiveSince)),
                            Column.time("warned_ms", DispositionColumns::warnedAt),
                            Column.name(
                                    "end_status",
                                    freshness(fresh -> fresh.getEnd() == null
                                            ? null
                                            : fresh.getEnd().getStatus())),
                            Column.time(
                                    "end_ms",
                                    freshness(fresh -> fresh.getEnd() == null
                                            ? null
                                            : fresh.getEnd().getAt()))))
            .flatMap(List::stream)
            .toList();

    private DispositionColumns() {}

    /** Nothing more is expected of a member of a cancelled parent, whatever its status says. */
    public static boolean awaits(Disposition disposition) {
        return Statuses.awaits(disposition.getStatus()) && disposition.getEndedWithParentAt() == null;
    }

    private static int openMarks(Disposition disposition) {
        return (int) disposition.getMarks().stream()
                .filter(mark -> mark.getRecoveredAt() == null)
                .count();
    }

    /** That of a closing has no grace (rule P8). */
    private static Instant warnedAt(Disposition disposition) {
        for (OrphanMark mark : disposition.getMarks()) {
            if (mark.getRecoveredAt() == null && !mark.getUnknown()) {
                Deadline own = disposition.getDeadline();
                boolean isOwn = mark.getReason() == OrphanReason.DEADLINE_PASSED
                        && own != null
                        && own.getAt().equals(mark.getStartsAt());
                return isOwn ? mark.getStartsAt().plusMillis(own.getGrace()) : mark.getStartsAt();
            }
        }
        return null;
    }

    private static <V> Function<Disposition, V> deadline(Function<Deadline, V> value) {
        return disposition -> disposition.getDeadline() == null ? null : value.apply(disposition.getDeadline());
    }

    private static <V> Function<Disposition, V> freshness(Function<Freshness, V> value) {
        return disposition -> disposition.getFreshness() == null ? null : value.apply(disposition.getFreshness());
    }
}
