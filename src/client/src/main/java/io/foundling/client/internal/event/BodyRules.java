package io.foundling.client.internal.event;

import io.foundling.audit.Cancelled;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import java.time.Instant;

/**
 * The checks of each body before its event is accepted. A problem is an {@link IllegalArgumentException} with the
 * field.
 */
final class BodyRules {

    private BodyRules() {}

    static void declared(Declared declared) {
        if (declared.getMaxAge() <= 0) {
            throw EventRules.problem("body.maxAge", declared.getMaxAge() + " ms", "must be more than 0");
        }
        EventRules.entries("body.labels", declared.getLabels());
    }

    static void expected(Expected expected) {
        dueAt(expected.getDueAt());
        if (expected.getPromisedBy() != null) {
            EventRules.text("body.promisedBy", expected.getPromisedBy());
        }
    }

    static void retired(Retired retired) {
        EventRules.present("body.reason", retired.getReason());
    }

    static void deferred(Deferred deferred) {
        dueAt(deferred.getDueAt());
    }

    static void pending(Pending pending) {
        EventRules.instant("body.startedAt", pending.getStartedAt());
        EventRules.instant("body.completedAt", pending.getCompletedAt());
        EventRules.notNegative("body.durationMs", pending.getDurationMs());
        EventRules.notNegative("body.expectedMembers", pending.getExpectedMembers());
        dueAt(pending.getDueAt());
    }

    static void extended(Extended extended) {
        EventRules.instant("body.dueAt", extended.getDueAt());
    }

    static void completed(Completed completed) {
        EventRules.notNegative("body.durationMs", completed.getDurationMs());
        EventRules.entries("body.counts", completed.getCounts());
    }

    static void failed(Failed failed) {
        EventRules.text("body.errorType", failed.getErrorType());
        EventRules.present("body.message", failed.getMessage());
        EventRules.entries("body.counts", failed.getCounts());
    }

    static void skipped(Skipped skipped) {
        EventRules.present("body.reason", skipped.getReason());
    }

    static void cancelled(Cancelled cancelled) {
        EventRules.present("body.reason", cancelled.getReason());
        EventRules.text("body.actor", cancelled.getActor());
    }

    static void erased(Erased erased) {
        EventRules.present("body.reason", erased.getReason());
        EventRules.text("body.actor", erased.getActor());
    }

    static void reconciled(Reconciled reconciled) {
        EventRules.present("body.checkType", reconciled.getCheckType());
        EventRules.present("body.status", reconciled.getStatus());
        if (reconciled.getCheckType() == CheckType.UNKNOWN || reconciled.getStatus() == CheckStatus.UNKNOWN) {
            throw EventRules.problem(
                    "body.checkType or body.status", "UNKNOWN", "must name one; UNKNOWN is only for readers");
        }
        EventRules.present("body.runDate", reconciled.getRunDate());
        EventRules.notNegative("body.sourceRows", reconciled.getSourceRows());
        EventRules.notNegative("body.targetRows", reconciled.getTargetRows());
        EventRules.notNegative("body.mismatchedRows", reconciled.getMismatchedRows());
        EventRules.notNegative("body.sourceOnlyRows", reconciled.getSourceOnlyRows());
        EventRules.notNegative("body.targetOnlyRows", reconciled.getTargetOnlyRows());
        EventRules.present("body.errors", reconciled.getErrors());
        reconciled.getErrors().forEach(error -> EventRules.present("body.errors", error));
    }

    private static void dueAt(Instant dueAt) {
        if (dueAt != null) {
            EventRules.instant("body.dueAt", dueAt);
        }
    }
}
