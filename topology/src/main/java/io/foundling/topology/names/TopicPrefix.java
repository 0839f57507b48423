package io.foundling.topology.names;

import java.util.regex.Pattern;

/**
 * How the names of a ledger's own topics begin, so that one cluster holds several ledgers. {@link TopicNames} has the
 * names with the default prefix, and {@link #name} gives those with this one.
 */
public record TopicPrefix(String text) {

    /** What Kafka accepts in a name. With the longest rest the name stays below its limit of 249 characters. */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    public static final TopicPrefix DEFAULT = new TopicPrefix("audit.");

    public TopicPrefix {
        if (!isAccepted(text)) {
            throw new IllegalArgumentException("prefix is '" + text
                    + "', must be 1 to 200 letters, digits, '.', '_' and '-', as the names of topics begin with it");
        }
    }

    /** Whether names that begin like this are names of topics. */
    public static boolean isAccepted(String text) {
        return ACCEPTED.matcher(text).matches();
    }

    /**
     * Returns the name of a topic.
     *
     * @param declared its name with the default prefix
     */
    public String name(String declared) {
        return text + rest(declared);
    }

    /** Returns a name without its default prefix. */
    public static String rest(String declared) {
        if (!declared.startsWith(DEFAULT.text)) {
            throw new IllegalArgumentException("topic is '" + declared + "', must begin with " + DEFAULT.text);
        }
        return declared.substring(DEFAULT.text.length());
    }
}
