package io.foundling.console.pages;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How names of constants and parameters look on pages. Pure. */
public final class Words {

    private static final Set<String> WAITS =
            Set.of("EXPECTED", "OPEN", "DEFERRED", "PENDING", "RETRYING", "PROPOSED", "WAITING", "RUNNING");
    private static final Set<String> BAD = Set.of("FAILED", "ERROR", "FIRING");
    private static final Set<String> GOOD = Set.of("COMPLETED", "PASSED", "RESOLVED", "DONE");
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("minAge", "Older than"),
            Map.entry("order", "First"),
            Map.entry("since", "From"),
            Map.entry("until", "Until"),
            Map.entry("unsettled", "Settlements"),
            Map.entry("olderThan", "Completed longer ago than"),
            Map.entry("subject", "Subject key"),
            Map.entry("scope", "Scope key"),
            Map.entry("parent", "Parent key"));
    private static final Map<String, String> OPTIONS = Map.of(
            "OLDEST", "Oldest",
            "DEADLINE", "Soonest deadline",
            "true", "Only with missing members",
            "false", "All",
            "ACTIVE_PK", "Active primary keys");

    private Words() {}

    /** Returns a constant as a word: {@code DEADLINE_PASSED} is "Deadline passed". */
    public static String of(String constant) {
        if (constant.isEmpty()) {
            return "";
        }
        String known = OPTIONS.get(constant);
        String words = constant.replace('_', ' ').toLowerCase(Locale.ROOT);
        return known != null ? known : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Returns the name of a fact or a field as words: {@code externalId} is "External id". */
    public static String spaced(String name) {
        return of(name.replaceAll("([a-z])([A-Z])", "$1_$2"));
    }

    public static String label(String parameter) {
        return LABELS.getOrDefault(parameter, spaced(parameter));
    }

    /** Returns the class of style that a status has. */
    public static String tone(String status) {
        if (WAITS.contains(status)) {
            return "waits";
        }
        if (BAD.contains(status)) {
            return "bad";
        }
        return GOOD.contains(status) ? "good" : "calm";
    }
}
