package io.foundling.client.internal.event;

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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One row for each body of the contract, and the only place where the client distinguishes bodies. A new body needs a
 * row; the compiler demands its columns, and a test compares the rows with the union of the schema.
 */
public final class BodyTypes {

    private static final Map<Class<?>, BodyType<?>> ALL = table(
            new BodyType<>(
                    Declared.class,
                    false,
                    BodyRules::declared,
                    body -> EventSize.of(body.getLabels()),
                    BodyTypes::stable),
            new BodyType<>(
                    Expected.class,
                    false,
                    BodyRules::expected,
                    body -> EventSize.of(body.getPromisedBy()) + EventSize.of(body.getReason()),
                    body -> FreeText.isShort(body.getReason())
                            ? body
                            : new Expected(body.getDueAt(), body.getPromisedBy(), FreeText.cut(body.getReason()))),
            new BodyType<>(
                    Retired.class,
                    false,
                    BodyRules::retired,
                    body -> EventSize.of(body.getReason()),
                    body -> FreeText.isShort(body.getReason()) ? body : new Retired(FreeText.cut(body.getReason()))),
            new BodyType<>(Opened.class, false, BodyTypes::nothing, body -> 0, UnaryOperator.identity()),
            new BodyType<>(
                    Deferred.class,
                    false,
                    BodyRules::deferred,
                    body -> EventSize.of(body.getWaitingOn()),
                    body -> FreeText.isShort(body.getWaitingOn())
                            ? body
                            : new Deferred(body.getDueAt(), FreeText.cut(body.getWaitingOn()))),
            new BodyType<>(
                    Pending.class,
                    false,
                    BodyRules::pending,
                    body -> EventSize.of(body.getContextBefore())
                            + EventSize.of(body.getContextAfter())
                            + EventSize.of(body.getExternalId()),
                    BodyTypes::stable),
            new BodyType<>(
                    Extended.class,
                    false,
                    BodyRules::extended,
                    body -> EventSize.of(body.getWaitingOn()),
                    body -> FreeText.isShort(body.getWaitingOn())
                            ? body
                            : new Extended(body.getDueAt(), FreeText.cut(body.getWaitingOn()))),
            new BodyType<>(
                    Completed.class,
                    false,
                    BodyRules::completed,
                    body -> EventSize.of(body.getOutputHash()) + EventSize.of(body.getCounts()),
                    BodyTypes::stable),
            new BodyType<>(
                    Failed.class,
                    true,
                    BodyRules::failed,
                    body -> EventSize.of(body.getErrorType())
                            + EventSize.of(body.getMessage())
                            + EventSize.of(body.getCounts()),
                    body -> new Failed(
                            FreeText.cut(body.getErrorType()),
                            FreeText.cut(body.getMessage()),
                            body.getRetriable(),
                            Map.copyOf(body.getCounts()))),
            new BodyType<>(
                    Skipped.class,
                    false,
                    BodyRules::skipped,
                    body -> EventSize.of(body.getReason()),
                    body -> FreeText.isShort(body.getReason()) ? body : new Skipped(FreeText.cut(body.getReason()))),
            new BodyType<>(
                    Cancelled.class,
                    true,
                    BodyRules::cancelled,
                    body -> EventSize.of(body.getReason()) + EventSize.of(body.getActor()),
                    body -> FreeText.isShort(body.getReason())
                            ? body
                            : new Cancelled(FreeText.cut(body.getReason()), body.getActor())),
            new BodyType<>(
                    Erased.class,
                    true,
                    BodyRules::erased,
                    body -> EventSize.of(body.getReason()) + EventSize.of(body.getActor()),
                    body -> FreeText.isShort(body.getReason())
                            ? body
                            : new Erased(FreeText.cut(body.getReason()), body.getActor())),
            new BodyType<>(Annotated.class, false, BodyTypes::nothing, body -> 0, UnaryOperator.identity()),
            new BodyType<>(
                    Reconciled.class,
                    false,
                    BodyRules::reconciled,
                    body -> EventSize.of(body.getErrors()),
                    body -> Reconciled.newBuilder(body)
                            .setErrors(FreeText.cut(body.getErrors()))
                            .build()));

    private BodyTypes() {}

    /** Whether an event with this body must not wait for others. */
    public static boolean isUrgent(Object body) {
        return of(body).urgent();
    }

    /** @throws IllegalArgumentException if this is no body of the contract */
    static BodyType<?> of(Object body) {
        EventRules.present("body", body);
        for (Class<?> type = body.getClass(); type != null; type = type.getSuperclass()) {
            BodyType<?> found = ALL.get(type);
            if (found != null) {
                return found;
            }
        }
        throw EventRules.problem("body", "a " + body.getClass().getName(), "must be a fact of the contract");
    }

    private static Declared stable(Declared body) {
        Map<String, String> labels = Map.copyOf(body.getLabels());
        return labels == body.getLabels() ? body : new Declared(body.getMaxAge(), labels);
    }

    private static Completed stable(Completed body) {
        Map<String, Long> counts = Map.copyOf(body.getCounts());
        return counts == body.getCounts() ? body : new Completed(body.getOutputHash(), body.getDurationMs(), counts);
    }

    /** Context is free text, too. A usual submission is not copied: it has nothing that the caller can change. */
    private static Pending stable(Pending body) {
        String before = FreeText.cut(body.getContextBefore());
        String after = FreeText.cut(body.getContextAfter());
        return before == body.getContextBefore() && after == body.getContextAfter()
                ? body
                : Pending.newBuilder(body)
                        .setContextBefore(before)
                        .setContextAfter(after)
                        .build();
    }

    private static void nothing(Object body) {
        // A body without fields has nothing to check.
    }

    private static Map<Class<?>, BodyType<?>> table(BodyType<?>... types) {
        return Arrays.stream(types).collect(Collectors.toUnmodifiableMap(BodyType::type, Function.identity()));
    }
}
