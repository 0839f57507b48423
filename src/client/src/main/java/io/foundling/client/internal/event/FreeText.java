package io.foundling.client.internal.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts texts for people, such as messages of exceptions, that are far longer than the ledger keeps (rule B4: 1,024
 * bytes). The broker would refuse an event with such a text, and an outcome matters more than the end of a message. A
 * text that was cut says so. Texts that are ids are never cut. Pure functions.
 */
public final class FreeText {

    /** Longer texts are cut. A text up to here is sent as it is, although the ledger keeps less. */
    static final int LONGEST = 50_000;

    /** How many texts of a list are sent, all as long as they may be: far less than the broker refuses. */
    static final int MOST = 5;

    private static final int KEPT_BYTES = 1_024;
    private static final int NAME_BYTES = 256;

    private FreeText() {}

    /** Returns the class of an error, as its type in an event. */
    public static String typeOf(Throwable error) {
        return within(NAME_BYTES, error.getClass().getName());
    }

    /** Returns the message of an error, cut so that the ledger keeps all of it beside the type. Never throws. */
    public static String messageOf(Throwable error) {
        int room = KEPT_BYTES - bytes(typeOf(error)) - ": ".length();
        try {
            return within(room, String.valueOf(error.getMessage()));
        } catch (RuntimeException | StackOverflowError unreadable) {
            return "(the message cannot be read: its getMessage() throws "
                    + within(NAME_BYTES, unreadable.getClass().getName()) + ")";
        }
    }

    static boolean isShort(String text) {
        return text == null || text.length() <= LONGEST;
    }

    static String cut(String text) {
        return isShort(text) ? text : within(LONGEST, text);
    }

    /** Cuts the texts of a list, and the list itself. Returns a list that nobody can change. */
    static List<String> cut(List<String> texts) {
        if (texts.size() <= MOST && texts.stream().allMatch(text -> text.length() <= LONGEST)) {
            return List.copyOf(texts);
        }
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (String text : texts) {
            String next = cut(text);
            length += next.length();
            if (length > MOST * LONGEST) {
                kept.add("... (cut; it had " + texts.size() + " entries)");
                return List.copyOf(kept);
            }
            kept.add(next);
        }
        return List.copyOf(kept);
    }

    /** Cuts the values of a map. Returns a map that nobody can change. */
    static Map<String, String> cut(Map<String, String> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        for (String value : entries.values()) {
            if (value.length() > LONGEST) {
                Map<String, String> kept = new HashMap<>(entries);
                kept.replaceAll((key, each) -> cut(each));
                return Map.copyOf(kept);
            }
        }
        return Map.copyOf(entries);
    }

    /** Returns the text if it has at most this many bytes in UTF-8, or else its beginning and a note. */
    private static String within(int maxBytes, String text) {
        if (text.length() <= maxBytes && bytes(text) <= maxBytes) {
            return text;
        }
        String note = "... (cut; it had " + text.length() + " characters)";
        int room = maxBytes - bytes(note);
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            room -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (room < 0) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end) + note;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
