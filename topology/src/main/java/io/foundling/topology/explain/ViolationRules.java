package io.foundling.topology.explain;

import io.foundling.audit.ViolationType;

/** Which rule a violation is one of. The switch has no default: it does not compile when the contract gets another type. */
final class ViolationRules {

    private ViolationRules() {}

    static String of(ViolationType type) {
        return switch (type) {
            case INVALID_SUBJECT, INVALID_TIMESTAMP -> "L2";
            case ATTEMPT_OUT_OF_RANGE -> "L7";
            case PARENT_MISMATCH -> "L10";
            case CONFLICTING_OUTCOME -> "L11";
            case BACKWARD_TRANSITION -> "L12";
            case METADATA_TRUNCATED -> "L16";
            case MISSING_ID -> "L18";
            case HOLLOW -> "L21";
            case INVALID_DUE_AT -> "T3";
            case FUTURE_TIMESTAMP -> "T4";
            case DUPLICATE_ACTIVE -> "F4";
            case TOO_LATE -> "B3";
            case TEXT_TRUNCATED -> "B4";
            case UNKNOWN -> "L13";
        };
    }
}
