package io.foundling.console.pages;

import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A subject as a page shows it.
 *
 * @param key as the topics have it
 */
public record SubjectName(String kind, String source, String stage, String id, String key) {

    private static final Set<String> SPECIAL_SEGMENTS = Set.of("", ".", "..");

    /** Returns that of a key in any form that people type; none if it is no key of a subject. */
    static Optional<SubjectName> parse(String key) {
        try {
            Subject subject = SubjectKey.parse(key);
            return Optional.of(new SubjectName(
                    subject.getKind().name().toLowerCase(Locale.ROOT),
                    subject.getSource(),
                    subject.getStage(),
                    subject.getId(),
                    SubjectKey.of(subject)));
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }

    /** Returns the path of its page. */
    public String link() {
        return "/subjects/" + segments();
    }

    /** Returns the path of its page as a parent. */
    public String parentLink() {
        return "/batches/" + segments();
    }

    /** Returns its id, or what to show in its place. */
    public String shownId() {
        return id.isEmpty() ? "(no id)" : id;
    }

    /** Parts of a key are encoded as segments of a path are, but browsers take some segments for directions. */
    String segments() {
        boolean isPlain = List.of(key.split("/", -1)).stream().noneMatch(SPECIAL_SEGMENTS::contains);
        return isPlain ? key : URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
