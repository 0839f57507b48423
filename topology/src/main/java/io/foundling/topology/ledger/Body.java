package io.foundling.topology.ledger;

import io.foundling.audit.Annotated;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The bodies that an audit event can have, one constant for each branch of the union in its schema. A switch over them
 * has no default, so that the compiler lists what a new body needs. Finding the constant of an event costs one lookup.
 */
enum Body {
    DECLARED(Declared.class),
    EXPECTED(Expected.class),
    OPENED(Opened.class),
    DEFERRED(Deferred.class),
    PENDING(Pending.class),
    EXTENDED(Extended.class),
    FAILED(Failed.class),
    COMPLETED(Completed.class),
    SKIPPED(Skipped.class),
    CANCELLED(Cancelled.class),
    RETIRED(Retired.class),
    ANNOTATED(Annotated.class),
    ERASED(Erased.class),
    RECONCILED(Reconciled.class);

    private static final Map<Class<?>, Body> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Body::type, Function.identity()));

    private final Class<?> type;

    Body(Class<?> type) {
        this.type = type;
    }

    /**
     * Whether the source of its subject reports such a body, as a rule: the others come from whoever announces work, and
     * from persons (rule T26).
     */
    boolean isFromItsSource() {
        return switch (this) {
            case DECLARED, OPENED, DEFERRED, PENDING, EXTENDED, FAILED, COMPLETED, SKIPPED, RETIRED, RECONCILED -> true;
            case EXPECTED, CANCELLED, ANNOTATED, ERASED -> false;
        };
    }

    /** Returns the generated class of the body. */
    Class<?> type() {
        return type;
    }

    /**
     * Returns the constant of a body.
     *
     * @throws IllegalArgumentException if the schema has the body and this enum does not
     */
    static Body of(Object body) {
        Body found = BY_TYPE.get(body.getClass());
        if (found == null) {
            throw new IllegalArgumentException(
                    "the body is a " + body.getClass().getName() + "; expected one of " + BY_TYPE.keySet());
        }
        return found;
    }
}
