package io.foundling.topology.store.compact;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.FactType;
import java.util.List;

/**
 * The codes under which constants are stored: their places in a list to which new constants are appended. The order in
 * which a contract names them may change, the codes must not.
 */
final class Codes<E extends Enum<E>> {

    static final Codes<Status> STATUSES = new Codes<>(
            Status.values(),
            List.of(
                    Status.UNKNOWN,
                    Status.EXPECTED,
                    Status.OPEN,
                    Status.DEFERRED,
                    Status.PENDING,
                    Status.RETRYING,
                    Status.COMPLETED,
                    Status.FAILED,
                    Status.SKIPPED,
                    Status.CANCELLED,
                    Status.RETIRED));

    static final Codes<FactType> FACT_TYPES = new Codes<>(
            FactType.values(),
            List.of(
                    FactType.DECLARED,
                    FactType.EXPECTED,
                    FactType.OPENED,
                    FactType.DEFERRED,
                    FactType.PENDING,
                    FactType.RETRYING,
                    FactType.COMPLETED,
                    FactType.FAILED,
                    FactType.SKIPPED,
                    FactType.CANCELLED,
                    FactType.RETIRED,
                    FactType.EXTENDED));

    static final Codes<OrphanReason> ORPHAN_REASONS = new Codes<>(
            OrphanReason.values(),
            List.of(OrphanReason.UNKNOWN, OrphanReason.DEADLINE_PASSED, OrphanReason.PARENT_CLOSED));

    static final Codes<ViolationType> VIOLATION_TYPES = new Codes<>(
            ViolationType.values(),
            List.of(
                    ViolationType.UNKNOWN,
                    ViolationType.CONFLICTING_OUTCOME,
                    ViolationType.PARENT_MISMATCH,
                    ViolationType.BACKWARD_TRANSITION,
                    ViolationType.TOO_LATE,
                    ViolationType.ATTEMPT_OUT_OF_RANGE,
                    ViolationType.METADATA_TRUNCATED,
                    ViolationType.TEXT_TRUNCATED,
                    ViolationType.FUTURE_TIMESTAMP,
                    ViolationType.INVALID_TIMESTAMP,
                    ViolationType.INVALID_DUE_AT,
                    ViolationType.MISSING_ID,
                    ViolationType.INVALID_SUBJECT,
                    ViolationType.DUPLICATE_ACTIVE,
                    ViolationType.HOLLOW));

    static final Codes<Announcement> ANNOUNCEMENTS = new Codes<>(
            Announcement.values(),
            List.of(Announcement.UNANNOUNCED, Announcement.NEVER_BEGAN, Announcement.NAMED, Announcement.BEGUN));

    private final List<E> byCode;
    private final int[] byOrdinal;

    private Codes(E[] all, List<E> byCode) {
        this.byCode = byCode;
        byOrdinal = new int[all.length];
        for (E each : all) {
            int code = byCode.indexOf(each);
            if (code < 0) {
                throw new IllegalStateException(each + " has no code: append it to its list");
            }
            byOrdinal[each.ordinal()] = code;
        }
    }

    int of(E constant) {
        return byOrdinal[constant.ordinal()];
    }

    /**
     * Returns the constant that has a code.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    E constant(int code) {
        return byCode.get(code);
    }

    int count() {
        return byCode.size();
    }
}
