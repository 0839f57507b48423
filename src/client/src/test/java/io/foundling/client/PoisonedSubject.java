package io.foundling.client;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;

/** A subject that can be checked but not encoded, whatever the reason. */
public final class PoisonedSubject extends Subject {

    private static final long serialVersionUID = 1L;

    public PoisonedSubject() {
        super(SubjectKind.RECORD, "university", "declaration", "poison");
    }

    @Override
    public Object get(int field) {
        throw new AssertionError("a bug of the service");
    }
}
