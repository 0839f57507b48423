package io.foundling.topology.parent;

/** Decides on a member because its parent has closed, as a sweep decides on a subject that is due. */
@FunctionalInterface
public interface MemberReview {

    /** Returns until when the member is held; {@link Long#MIN_VALUE} if it is not. */
    long review(String subjectKey);
}
