package io.foundling.schemas;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The key of a subject, {@code kind/source/stage/id}: lower-case kind, the other parts percent-encoded as UTF-8, with
 * only letters, digits, {@code -}, {@code .}, {@code _} and {@code ~} left as they are (RFC 3986 unreserved). It is the
 * partition key of every event and the compaction key of every output.
 */
public final class SubjectKey {

    private static final Map<SubjectKind, String> LOWER_CASE = new EnumMap<>(SubjectKind.class);

    /** By the name in a key. */
    private static final Map<String, SubjectKind> KINDS = new HashMap<>();

    static {
        for (SubjectKind kind : SubjectKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            LOWER_CASE.put(kind, name);
            KINDS.put(name, kind);
        }
    }

    private static final String SCOPE = LOWER_CASE.get(SubjectKind.SCOPE) + '/';

    private SubjectKey() {}

    /** Whether a key names a scope. */
    public static boolean isOfScope(String key) {
        return key.startsWith(SCOPE);
    }

    /** Returns the key of a subject; an empty id gives a key that ends in a slash. */
    public static String of(Subject subject) {
        return of(subject.getKind(), subject.getSource(), subject.getStage(), subject.getId());
    }

    /** Returns the key for the four parts of a subject. */
    public static String of(SubjectKind kind, String source, String stage, String id) {
        return LOWER_CASE.get(Objects.requireNonNull(kind, "kind"))
                + '/'
                + encode(source)
                + '/'
                + encode(stage)
                + '/'
                + encode(id);
    }

    /**
     * Returns the subject that a key names.
     *
     * @throws IllegalArgumentException if the key does not have four parts or names no known kind
     */
    public static Subject parse(String key) {
        int source = key.indexOf('/') + 1;
        int stage = key.indexOf('/', source) + 1;
        int id = key.indexOf('/', stage) + 1;
        if (source == 0 || stage == 0 || id == 0 || key.indexOf('/', id) >= 0) {
            throw new IllegalArgumentException("subject key '" + key + "' must have the form kind/source/stage/id");
        }
        String name = key.substring(0, source - 1);
        SubjectKind kind = KINDS.containsKey(name) ? KINDS.get(name) : KINDS.get(name.toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw new IllegalArgumentException("subject key '" + key + "' names no kind of subject");
        }
        return new Subject(
                kind,
                decode(key.substring(source, stage - 1)),
                decode(key.substring(stage, id - 1)),
                decode(key.substring(id)));
    }

    /** Returns a part in the form that it has in a key: percent-encoded except letters, digits, {@code -._~}. */
    public static String encode(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (!isUnreserved(part.charAt(i))) {
                return percentEncode(part);
            }
        }
        return part;
    }

    /** URLEncoder encodes for HTML forms: it escapes the tilde, keeps the asterisk and writes a space as plus. */
    private static String percentEncode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** Reverses {@link #encode}. */
    public static String decode(String part) {
        return part.indexOf('%') < 0 ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
