package io.foundling.console.acts;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which texts an act may have: those that the ledger keeps whole (rules B4 and L16), on one line. Pure functions. */
public final class ActTexts {

    /** What the names of metadata begin with that an act itself adds. */
    public static final String OWN = "foundling.";
    /** The name of the metadata that says who acted. */
    public static final String ACTOR = OWN + "actor";
    /** The name of the metadata that says why. */
    public static final String REASON = OWN + "reason";
    /** Names whose values everybody may see who may see the subject. */
    public static final Set<String> SHOWN = Set.of(ACTOR, REASON);

    static final int MAX_BYTES = 1_024;
    static final int MAX_ENTRIES = 16;

    private static final int MAX_NAME = 256;
    /** Line breaks and other controls, lone surrogates, and what turns the direction of writing around. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private ActTexts() {}

    /** Returns what is wrong with a reason, to follow its name in a sentence. */
    public static Optional<String> faultOfReason(String reason) {
        return reason.isBlank() ? Optional.of("is blank, must say why") : faultOfText(reason);
    }

    /** Returns what is wrong with metadata, as a sentence. */
    public static Optional<String> faultOfMetadata(Map<String, String> metadata) {
        if (metadata.isEmpty() || metadata.size() > MAX_ENTRIES) {
            return Optional.of("metadata has " + metadata.size() + " entries, must have 1 to " + MAX_ENTRIES);
        }
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            Optional<String> name = faultOfName(entry.getKey());
            if (name.isPresent()) {
                return name.map(fault -> "a name in metadata " + fault);
            }
            Optional<String> value = faultOfText(entry.getValue());
            if (value.isPresent()) {
                return value.map(fault -> "the value of " + entry.getKey() + " in metadata " + fault);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> faultOfName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            return Optional.of("has " + name.length() + " characters, must have 1 to " + MAX_NAME);
        }
        return name.startsWith(OWN)
                ? Optional.of("begins with " + OWN + ", must not: those say who acted, and why")
                : faultOfText(name);
    }

    private static Optional<String> faultOfText(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            return Optional.of("has " + bytes + " bytes, must have at most " + MAX_BYTES);
        }
        return FORBIDDEN.matcher(text).find()
                ? Optional.of("has a line break or another control character, must be one line of text")
                : Optional.empty();
    }
}
