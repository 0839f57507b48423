package io.foundling.topology.explain;

import io.foundling.topology.ledger.DeadLetterReason;

/** Why an event may not be applied, as a sentence without its full stop, and by which rule. */
record Refusal(String sentence, String rule) {

    /** Its own violations say why. */
    static final Refusal BY_VIOLATION = new Refusal("It was not applied", "L2");

    static final Refusal WITHOUT_ID = new Refusal(
            "Its subject has no id: it was only counted, by source, stage and body, and not applied", "L18");

    static Refusal deadLetter(DeadLetterReason reason) {
        return new Refusal("It was not applied: it went to the dead letters as " + reason, "L2");
    }

    /** The rules fail on it with an exception. */
    static Refusal failed(RuntimeException failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return new Refusal(
                "It was not applied: the rules failed on it with a "
                        + failure.getClass().getSimpleName() + message,
                "L2");
    }
}
