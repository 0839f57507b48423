package io.foundling.service.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The values found so far by path, and every problem met on the way; used by one thread while one file is read. */
final class ConfigValues {

    private final Map<String, WrittenValue> settings = new LinkedHashMap<>();
    private final Map<String, List<WrittenItem>> items = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Sets a value; the last one counts. */
    void put(String path, WrittenValue setting) {
        settings.put(path, setting);
    }

    void addItem(String list, WrittenItem item) {
        items.computeIfAbsent(list, ignored -> new ArrayList<>()).add(item);
    }

    /** Returns what was written apart from policies. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>(settings.keySet());
        paths.addAll(items.keySet());
        paths.remove(ConfigSchema.POLICIES);
        return paths;
    }

    /** Returns the items of a list of sections. */
    List<WrittenItem> items(String list) {
        return items.getOrDefault(list, List.of());
    }

    /** Notes a problem as one sentence that begins with its place. */
    void problem(Origin origin, String sentence) {
        problem(origin.place() + ": " + sentence);
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    List<String> problems() {
        return problems;
    }

    /** Returns the values written in an open section, by the key inside the section. */
    Map<String, WrittenValue> section(ConfigKey<?> open) {
        return section(open, settings);
    }

    /** Returns the values written in an open section among the given settings. */
    static Map<String, WrittenValue> section(ConfigKey<?> open, Map<String, WrittenValue> among) {
        String prefix = open.path().substring(0, open.path().length() - 1);
        Map<String, WrittenValue> section = new TreeMap<>();
        among.forEach((path, setting) -> {
            if (path.startsWith(prefix)) {
                section.put(path.substring(prefix.length()), setting);
            }
        });
        return section;
    }

    /** Returns the value of a key that has a default, or the default if the value is missing or a problem. */
    <T> T value(ConfigKey<T> key) {
        return found(key, settings).orElseGet(key::defaultValue);
    }

    /** Returns the value that was written under a key, if it is valid. */
    <T> Optional<T> found(ConfigKey<T> key) {
        return found(key, settings);
    }

    /** Whether anything was written under a key, valid or not. */
    boolean isWritten(ConfigKey<?> key) {
        return settings.containsKey(key.path());
    }

    /** Notes a problem if a required key is missing or wrong. */
    void check(ConfigKey<?> required) {
        if (settings.containsKey(required.path())) {
            found(required, settings);
        } else {
            problem("%s is missing, expected %s; add it to the file or set %s"
                    .formatted(
                            required.path(),
                            required.type().expected(),
                            required.environmentVariable().orElseThrow()));
        }
    }

    /** Returns the value of a key among the given settings, or nothing, with a problem noted if it is not valid. */
    <T> Optional<T> found(ConfigKey<T> key, Map<String, WrittenValue> among) {
        WrittenValue setting = among.get(key.path());
        if (setting == null) {
            return Optional.empty();
        }
        Optional<T> value = key.type().parser().apply(setting.text());
        if (value.isEmpty()) {
            String override = key.environmentVariable()
                    .map(name -> " (" + name + " overrides it)")
                    .filter(text -> setting.origin().place().startsWith("line"))
                    .orElse("");
            problem(
                    setting.origin(),
                    "%s is %s, expected %s%s"
                            .formatted(
                                    key.path(),
                                    setting.shown(key.path()),
                                    key.type().expected(),
                                    override));
        }
        return value;
    }
}
