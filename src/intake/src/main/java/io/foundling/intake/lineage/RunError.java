package io.foundling.intake.lineage;

import io.foundling.topology.lifecycle.Texts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a run failed, in as many bytes as the ledger keeps (rule B4). */
record RunError(String type, String message) {

    private static final String UNKNOWN_TYPE = "FAIL";
    private static final String UNKNOWN = "The run failed; its event has no errorMessage";
    private static final int MAX_TYPE_BYTES = 256;
    private static final int MAX_BYTES = 1_024;

    /** The class of an exception, as messages of Java and Python begin. */
    private static final Pattern TYPE =
            Pattern.compile("\\A([A-Za-z_$][\\w$]*+(?:\\.[A-Za-z_$][\\w$]*+)*+)(?::|\\s*\\z)");

    /** Begins the first line of a trace of Java. */
    private static final String TRACE = "\n\tat ";

    /** The line of a cause in the trace. */
    private static final Pattern CAUSE = Pattern.compile("(?m)^Caused by: (.+)$");

    /**
     * Returns the error of a run.
     *
     * @param facets of the run. Those of Spark have spark.exception instead of errorMessage
     */
    static RunError of(EventFields facets) {
        String message = facets.lenient("errorMessage")
                .lenientText("message")
                .or(() -> facets.lenient("spark.exception").lenientText("message"))
                .map(RunError::withoutTrace)
                .orElse(UNKNOWN);
        Optional<String> found = typeOf(message);
        String type = found.orElse(UNKNOWN_TYPE);
        String rest = found.map(name -> withoutType(message, name))
                .filter(text -> !text.isEmpty())
                .orElse(message);
        int room = MAX_BYTES - type.length() - ": ".length();
        return new RunError(type, Texts.truncate(rest, room));
    }

    /**
     * A message of Java may have a trace. Its last cause says what went wrong; what comes before the trace says where, or
     * both. That may be several lines: PySpark puts the exception on the second one.
     */
    private static String withoutTrace(String message) {
        int trace = message.indexOf(TRACE);
        if (trace < 0) {
            return message;
        }
        String before = message.substring(0, trace);
        Optional<String> cause =
                CAUSE.matcher(message).results().map(found -> found.group(1)).reduce((one, next) -> next);
        return cause.map(last -> last + " (" + before + ")").orElse(before);
    }

    private static String withoutType(String message, String type) {
        return message.substring(type.length()).replaceFirst(":", "").strip();
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
