package io.foundling.intake.lineage;

import io.foundling.topology.lifecycle.Texts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a run failed, in as many bytes as the ledger keeps (rule B4). */
record RunError(String type, String message) {

    private static final String UNKNOWN_TYPE = "FAIL";
    private static final int MAX_TYPE_BYTES = 256;
    private static final int MAX_BYTES = 1_024;

    /** The class of an exception, as messages of Java and Python begin. */
    private static final Pattern TYPE =
            Pattern.compile("\\A([A-Za-z_$][\\w$]*+(?:\\.[A-Za-z_$][\\w$]*+)*+)(?::|\\s*\\z)");

    static RunError of(EventFields facet) {
        String message = facet.lenientText("message").orElse("The run failed; its event has no errorMessage");
        String type = typeOf(message).orElse(UNKNOWN_TYPE);
        int room = MAX_BYTES - type.length() - ": ".length();
        return new RunError(type, Texts.truncate(message, room));
    }

    private static Optional<String> typeOf(String message) {
        Matcher type = TYPE.matcher(message);
        return type.find() && isType(type.group(1)) ? Optional.of(type.group(1)) : Optional.empty();
    }

    /** A first word with a colon need not be a type, as in {@code Table: not found}. */
    private static boolean isType(String word) {
        return word.length() <= MAX_TYPE_BYTES
                && (word.indexOf('.') > 0 || word.endsWith("Error") || word.endsWith("Exception"));
    }
}
