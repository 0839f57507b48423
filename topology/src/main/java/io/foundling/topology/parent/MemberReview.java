package io.foundling.topology.parent;

/** Decides on a member because its parent has closed, as a sweep decides on a subject that is due. */
@FunctionalInterface
public interface MemberReview {

    void review(String subjectKey);
}
