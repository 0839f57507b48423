package io.foundling.topology.explain;

/** What became of an event when it was read. */
enum Effect {
    /** It is a fact. */
    FACT,
    /** It adds metadata at most. */
    NO_FACT,
    /** It is a fact of a subject that was forgotten before the next event came (rule R4). */
    FORGOTTEN,
    /** It is a fact of a subject that was erased after it (rule R5). */
    ERASED,
    /** It was not applied. */
    REFUSED,
    /** An expectation sent it that is not in force any more. */
    LEFT_OUT,
    /** Its eventId was read before. */
    DUPLICATE,
    /** Its eventId was read before with other contents, which it replaced. */
    REPLACEMENT,
    /** It belongs to an attempt that is kept in brief only. */
    TOO_LATE,
    /** It happened within a chain of facts that are kept as one. */
    COVERED,
    /** It erased the subject. */
    ERASURE,
    /** The subject was erased before. */
    AFTER_ERASURE,
    /** The expectation that sent it has taken it back. */
    REVOKED
}
