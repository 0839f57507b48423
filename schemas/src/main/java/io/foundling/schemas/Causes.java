package io.foundling.schemas;

import java.util.LinkedHashSet;
import java.util.Set;

/** A failure in words. */
public final class Causes {

    private Causes() {}

    /** Returns what each cause in turn says that is new; Kafka repeats a cause in the message of its wrapper. */
    public static String sentence(Throwable failure) {
        Set<String> sentences = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean repeats =
                    cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage());
            if (cause.getMessage() != null && !repeats) {
                sentences.add(cause.getMessage());
            }
        }
        return String.join(": ", sentences);
    }
}
