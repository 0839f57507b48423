package io.foundling.service.config;

import io.foundling.topology.text.Suggestion;
import io.foundling.topology.yaml.YamlReader;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
                value.section().all().forEach((key, setting) -> value(setting));
            } else if (schema.isItemList(path)) {
                items(value);
            } else if (schema.key(path).isEmpty()) {
                unknown(value);
            } else {
                value(value);
            }
        });
    }

    private void items(YamlValue list) {
        for (YamlValue item : list.items().orElse(List.of())) {
            Map<String, YamlValue> entries =
                    item.named(list.path() + "[]").section().all();
            if (item.isMapping()) {
                Set<String> sections = entries.values().stream()
                        .map(YamlValue::path)
                        .filter(schema::isSection)
                        .collect(Collectors.toUnmodifiableSet());
                values.addItem(list.path(), new WrittenItem(Origin.line(item.line()), item(entries), sections));
            }
        }
    }

    private Map<String, WrittenValue> item(Map<String, YamlValue> entries) {
        Map<String, WrittenValue> written = new HashMap<>();
        entries.values().forEach(value -> {
            if (schema.isSection(value.path())) {
                written.putAll(item(value.section().all()));
            } else if (schema.isOpen(value.path())) {
                value.section().all().values().forEach(each -> put(each, written));
            } else if (schema.key(value.path()).isEmpty()) {
                unknown(value);
            } else {
                text(value).ifPresent(text -> written.put(value.path(), written(value, text)));
            }
        });
        return written;
    }

    private static void put(YamlValue value, Map<String, WrittenValue> written) {
        value.text().ifPresent(text -> written.put(value.path(), written(value, text)));
    }

    private void value(YamlValue value) {
        text(value).ifPresent(text -> values.put(value.path(), written(value, text)));
    }

    private Optional<String> text(YamlValue value) {
        return schema.isList(value.path()) ? list(value) : value.text();
    }

    /** A list with a wrong item is left out, as its problem is noted. */
    private static Optional<String> list(YamlValue list) {
        List<String> texts = new ArrayList<>();
        Optional<List<YamlValue>> items = list.items();
        items.orElse(List.of()).forEach(item -> item.named(list.path()).text().ifPresent(texts::add));
        return items.filter(all -> all.size() == texts.size()).map(all -> String.join(",", texts));
    }

    private void unknown(YamlValue value) {
        value.problem("unknown key '" + value.path() + "'" + Suggestion.of(value.path(), schema.known()));
    }

    private static WrittenValue written(YamlValue value, String text) {
        return new WrittenValue(text, Origin.line(value.line()));
    }
}
