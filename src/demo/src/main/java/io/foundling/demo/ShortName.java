package io.foundling.demo;

import io.foundling.audit.Subject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Subjects as the demo prints them, such as {@code declaration 1-11}: each stage has one source and one kind. */
final class ShortName {

    private ShortName() {}

    static String of(Subject subject) {
        return join(subject.getStage(), subject.getId());
    }

    /** Returns the short name of the subject with this key, {@code kind/source/stage/id}. */
    static String of(String key) {
        String[] parts = parts(key);
        return join(parts[0], parts[1]);
    }

    /** Returns several subjects in one text, which names a stage only where it begins: {@code declaration 1-11, 1-12}. */
    static String list(Collection<String> keys) {
        StringBuilder names = new StringBuilder();
        String stage = "";
        for (String key : keys) {
            String[] parts = parts(key);
            names.append(names.isEmpty() ? "" : ", ").append(parts[0].equals(stage) ? parts[1] : of(key));
            stage = parts[0];
        }
        return names.toString();
    }

    private static String join(String stage, String id) {
        return stage + " " + (id.isEmpty() ? "?" : id);
    }

    /** Returns stage and id. */
    private static String[] parts(String key) {
        String[] parts = key.split("/", 4);
        return new String[] {decoded(parts[2]), decoded(parts[3])};
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
