package io.foundling.topology.task;

/** What became of one record of a source topic. */
public enum EventResult {
    /** It changed the subject. */
    APPLIED,
    /** It changed nothing: it was read before, says nothing new, or is about an erased subject. */
    DUPLICATE,
    /** It may not be applied. */
    VIOLATION,
    /** It names no subject id. */
    WITHOUT_ID,
    /** It could not be read. */
    DEAD_LETTER
}
