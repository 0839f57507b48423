package io.foundling.service.it.console;

import io.foundling.audit.Disposition;
import io.foundling.audit.Freshness;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The columns of a disposition, as a reader of its topic would compute them. */
final class ExpectedDisposition {

    private ExpectedDisposition() {}

    static Object[] columns(Disposition value) {
        return new Object[] {
            value.getSubject().getKind().name(),
            value.getSubject().getSource(),
            value.getSubject().getStage(),
            value.getSubject().getId(),
            ExpectedTable.key(value.getParent()),
            value.getStatus().name(),
            value.getAttempt(),
            ms(value.getEnteredAt()),
            value.getDeadline() == null ? null : ms(value.getDeadline().getAt()),
            value.getDeclared(),
            of(value, fresh -> ms(fresh.getDeclaredAt())),
            of(value, Freshness::getMaxAge),
            of(value, fresh -> ms(fresh.getActiveSince())),
            of(
                    value,
                    fresh -> fresh.getEnd() == null
                            ? null
                            : fresh.getEnd().getStatus().name()),
            of(value, fresh -> fresh.getEnd() == null ? null : ms(fresh.getEnd().getAt())),
            value.getMarks().size(),
            (int) value.getMarks().stream()
                    .filter(mark -> mark.getRecoveredAt() == null)
                    .count()
        };
    }

    /** Returns null for no time. */
    static Long ms(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static Object of(Disposition value, Function<Freshness, Object> column) {
        return Optional.ofNullable(value.getFreshness()).map(column).orElse(null);
    }
}
