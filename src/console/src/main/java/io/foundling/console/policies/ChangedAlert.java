package io.foundling.console.policies;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An alert that the two ledgers do not have alike.
 *
 * @param key such as {@code orphaned/university/declaration}
 * @param before under the policies in force; none if it did not fire
 * @param after under those on trial; none if it did not fire
 */
public record ChangedAlert(String key, Optional<AlertFirings> before, Optional<AlertFirings> after) {

    /** What a label was and what it becomes; empty text: the alert has no such label. */
    public record Label(String before, String after) {}

    /** Returns the labels that change, if the alert fires under both. */
    public Map<String, Label> labels() {
        Map<String, Label> changed = new TreeMap<>();
        if (before.isEmpty() || after.isEmpty()) {
            return changed;
        }
        TreeSet<String> names = new TreeSet<>(before.get().labels().keySet());
        names.addAll(after.get().labels().keySet());
        for (String name : names) {
            Label label = new Label(
                    before.get().labels().getOrDefault(name, ""),
                    after.get().labels().getOrDefault(name, ""));
            if (!label.before().equals(label.after())) {
                changed.put(name, label);
            }
        }
        return changed;
    }
}
