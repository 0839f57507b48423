package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import io.foundling.audit.Subject;
import java.util.Map;

/** How much memory an event takes, near enough to bound a queue: a fixed part, and the texts that a caller makes long. */
final class EventSize {

    private static final int FIXED = 256;
    private static final int ENTRY = 48;

    private EventSize() {}

    /** Returns bytes. */
    static int of(AuditEvent event) {
        long size = FIXED + of(event.getSubject()) + of(event.getDetail()) + of(event.getTraceparent());
        if (event.getParent() != null) {
            size += of(event.getParent());
        }
        return (int) Math.min(size + of(event.getMetadata()) + ofBody(event.getBody()), Integer.MAX_VALUE);
    }

    private static long ofBody(Object body) {
        if (body instanceof Failed failed) {
            return of(failed.getErrorType()) + of(failed.getMessage()) + of(failed.getCounts());
        }
        if (body instanceof Completed completed) {
            return of(completed.getOutputHash()) + of(completed.getCounts());
        }
        if (body instanceof Pending pending) {
            return of(pending.getContextBefore()) + of(pending.getContextAfter()) + of(pending.getExternalId());
        }
        if (body instanceof Deferred deferred) {
            return of(deferred.getWaitingOn());
        }
        if (body instanceof Extended extended) {
            return of(extended.getWaitingOn());
        }
        if (body instanceof Reconciled reconciled) {
            return reconciled.getErrors().stream().mapToLong(EventSize::of).sum();
        }
        return ofReason(body);
    }

    private static long ofReason(Object body) {
        if (body instanceof Skipped skipped) {
            return of(skipped.getReason());
        }
        if (body instanceof Cancelled cancelled) {
            return of(cancelled.getReason()) + of(cancelled.getActor());
        }
        if (body instanceof Retired retired) {
            return of(retired.getReason());
        }
        return body instanceof Declared declared ? of(declared.getLabels()) : 0;
    }

    private static long of(Subject subject) {
        return of(subject.getSource()) + of(subject.getStage()) + of(subject.getId());
    }

    private static long of(Map<String, ?> map) {
        long size = 0;
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            size += ENTRY + of(entry.getKey()) + (entry.getValue() instanceof String text ? of(text) : Long.BYTES);
        }
        return size;
    }

    /** A character has one byte, or two in a text that is not Latin: the estimate is for the usual. */
    private static long of(String text) {
        return text == null ? 0 : text.length();
    }
}
