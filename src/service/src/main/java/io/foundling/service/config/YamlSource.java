package io.foundling.service.config;

import io.foundling.topology.yaml.YamlReader;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the file into {@link ConfigValues}. Scalars stay the text that was written: the key decides how it is read. */
final class YamlSource {

    private final ConfigSchema schema;
    private final ConfigValues values;

    YamlSource(ConfigSchema schema, ConfigValues values) {
        this.schema = schema;
        this.values = values;
    }

    /** Reads what it can and returns whether the text was YAML at all. */
    boolean read(String yaml) {
        Optional<YamlValue> document =
                YamlReader.read(yaml, (line, sentence) -> values.problem(Origin.line(line), sentence));
        if (document.isEmpty()) {
            return values.problems().isEmpty();
        }
        section(document.get());
        return true;
    }

    private void section(YamlValue section) {
        section.section().all().forEach((name, value) -> {
            String path = value.path();
            if (name.contains(".")) {
                value.problem("unknown key '" + path + "'; write its parts as nested sections");
            } else if (schema.isSection(path)) {
                section(value);
            } else if (schema.isOpen(path)) {
                value.section().all().forEach((key, setting) -> scalar(setting));
            } else if (path.equals(ConfigSchema.POLICIES)) {
                policies(value);
            } else if (schema.key(path).isEmpty()) {
                unknown(value);
            } else if (schema.isList(path)) {
                list(value);
            } else {
                scalar(value);
            }
        });
    }

    private void policies(YamlValue list) {
        for (YamlValue item : list.items().orElse(List.of())) {
            Map<String, YamlValue> entries =
                    item.named(ConfigSchema.POLICIES + "[]").section().all();
            if (item.isMapping()) {
                values.addPolicy(new WrittenPolicy(Origin.line(item.line()), policy(entries)));
            }
        }
    }

    private Map<String, WrittenValue> policy(Map<String, YamlValue> entries) {
        Map<String, WrittenValue> written = new HashMap<>();
        entries.values().forEach(value -> {
            if (schema.key(value.path()).isEmpty()) {
                unknown(value);
            } else {
                value.text().ifPresent(text -> written.put(value.path(), written(value, text)));
            }
        });
        return written;
    }

    /** A list with a wrong item is left out, as its problem is noted. */
    private void list(YamlValue list) {
        List<String> texts = new ArrayList<>();
        Optional<List<YamlValue>> items = list.items();
        items.orElse(List.of()).forEach(item -> item.named(list.path()).text().ifPresent(texts::add));
        items.filter(all -> all.size() == texts.size())
                .ifPresent(all -> values.put(list.path(), written(list, String.join(",", texts))));
    }

    private void scalar(YamlValue value) {
        value.text().ifPresent(text -> values.put(value.path(), written(value, text)));
    }

    private void unknown(YamlValue value) {
        value.problem("unknown key '" + value.path() + "'" + Suggestion.of(value.path(), schema.known()));
    }

    private static WrittenValue written(YamlValue value, String text) {
        return new WrittenValue(text, Origin.line(value.line()));
    }
}
