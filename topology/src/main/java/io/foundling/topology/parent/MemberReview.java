package io.foundling.topology.parent;

/** Looks at a member because its parent has closed, as a sweep looks at a subject that is due. */
@FunctionalInterface
public interface MemberReview {

    /** Returns until when the member is held; {@link Long#MIN_VALUE} if it is not. */
    long review(String subjectKey);
}
