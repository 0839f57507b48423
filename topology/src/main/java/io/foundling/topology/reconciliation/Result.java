package io.foundling.topology.reconciliation;

import io.foundling.audit.CheckType;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;

/**
 * How a check of a source against its target ended on one date.
 *
 * @param finding what was found; empty if the check passed
 */
record Result(CheckType check, LocalDate runDate, long occurredAtMs, UUID eventId, String finding) {

    /** By check, then by date. */
    static final Comparator<Result> BY_CHECK_AND_DATE =
            Comparator.comparing(Result::check).thenComparing(Result::runDate);

    private static final Comparator<UUID> AS_BYTES = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final Comparator<Result> BY_TIME =
            Comparator.comparingLong(Result::occurredAtMs).thenComparing(Result::eventId, AS_BYTES);

    boolean isOfSameDateAs(Result other) {
        return BY_CHECK_AND_DATE.compare(this, other) == 0;
    }

    /** Whether this one replaces another of the same check and date. */
    boolean isLaterThan(Result other) {
        return BY_TIME.compare(this, other) > 0;
    }

    boolean passed() {
        return finding.isEmpty();
    }

    /** Returns what follows the scope in the key on audit.reconciliations. */
    String keyEnd() {
        return check.name() + '/' + runDate;
    }
}
