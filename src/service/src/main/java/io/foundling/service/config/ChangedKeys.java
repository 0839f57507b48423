package io.foundling.service.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the keys, apart from those of policies, that have other values than before. Never shows a value. */
final class ChangedKeys {

    private ChangedKeys() {}

    static List<String> between(ConfigValues before, ConfigValues after) {
        List<String> changed = new ArrayList<>();
        for (ConfigKey<?> key : ConfigKeys.all()) {
            if (key.isOpen() && !key.isItem()) {
                changed.addAll(inSection(key, texts(before.section(key)), texts(after.section(key))));
            } else if (!key.isItem() && !value(key, before).equals(value(key, after))) {
                changed.add(key.path());
            }
        }
        for (String list : List.of(ConfigSchema.BRIDGES, ConfigSchema.RECEIVERS)) {
            if (!items(list, before).equals(items(list, after))) {
                changed.add(list);
            }
        }
        return changed;
    }

    private static <T> Optional<T> value(ConfigKey<T> key, ConfigValues values) {
        return values.found(key).or(() -> key.defaultText().map(ignored -> key.defaultValue()));
    }

    private static List<String> inSection(ConfigKey<?> open, Map<String, String> before, Map<String, String> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        String prefix = open.path().substring(0, open.path().length() - ConfigKey.ANY.length() + 1);
        return keys.stream().map(key -> prefix + key).toList();
    }

    private static List<Map<String, String>> items(String list, ConfigValues values) {
        return values.items(list).stream().map(item -> texts(item.settings())).toList();
    }

    private static Map<String, String> texts(Map<String, WrittenValue> written) {
        Map<String, String> texts = new HashMap<>();
        written.forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }
}
