package io.foundling.service.it.rig;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.time.Instant;
import java.util.Map;

/** Audit events of one batch and its members, which differ only in what a test states. */
public record BatchEvents(String id) {

    public Subject batch() {
        return new Subject(SubjectKind.BATCH, Events.SOURCE, "payment-run", id);
    }

    public String key() {
        return SubjectKey.of(batch());
    }

    /** Returns the key of the settlement of an attempt. */
    public String settlementKey(int attempt) {
        return key() + '/' + attempt;
    }

    /** Returns the key of the alert of an attempt's settlement. */
    public String alertKey(int attempt) {
        return "settlement/" + SubjectKey.encode(key()) + '/' + attempt;
    }

    /** A member of this batch; ids are unique over all batches. */
    public String member(int number) {
        return id + '-' + number;
    }

    public String memberKey(int number) {
        return Events.key(member(number));
    }

    public AuditEvent deferred(int number, Instant at) {
        return Events.event(member(number), at, new Deferred(null, null))
                .setParent(batch())
                .build();
    }

    public AuditEvent returned(int number, Instant at) {
        return Events.event(member(number), at, new Completed(null, null, Map.of()))
                .setParent(batch())
                .build();
    }

    public AuditEvent opened(Instant at) {
        return Events.event(id, at, new Opened()).setSubject(batch()).build();
    }

    public AuditEvent submitted(Instant at, long expectedMembers) {
        return Events.event(id, at, new Pending(at, at, 0L, null, null, null, null, expectedMembers))
                .setSubject(batch())
                .build();
    }

    public AuditEvent closed(Instant at) {
        return Events.event(id, at, new Completed(null, null, Map.of()))
                .setSubject(batch())
                .build();
    }
}
