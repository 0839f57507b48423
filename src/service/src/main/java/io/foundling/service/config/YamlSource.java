package io.foundling.service.config;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.ComposerException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the file's node tree, which knows lines, into {@link ConfigValues}. Scalars stay the text that was written: what
 * they mean is decided by the key, not by YAML.
 */
final class YamlSource {

    private final ConfigSchema schema;
    private final ConfigValues values;

    YamlSource(ConfigSchema schema, ConfigValues values) {
        this.schema = schema;
        this.values = values;
    }

    /** Reads what it can and says whether it was YAML at all. */
    boolean read(String yaml) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root != null) {
                section("", YamlEntry.of(root));
            }
            return true;
        } catch (MarkedYAMLException invalid) {
            values.problem(Origin.line(invalid.getProblemMark().getLine() + 1), sentence(invalid));
        } catch (YAMLException invalid) {
            values.problem("is not readable as YAML, expected printable UTF-8 text");
        }
        return false;
    }

    /** The exception's own message quotes the file, and an undefined alias may be an unquoted secret. */
    private static String sentence(MarkedYAMLException invalid) {
        if (invalid instanceof ComposerException) {
            return "is not valid YAML; write one document, and quote a text that begins with '*' or '&'";
        }
        return "is not valid YAML near column %d: %s"
                .formatted(invalid.getProblemMark().getColumn() + 1, invalid.getProblem());
    }

    private void section(String path, YamlEntry section) {
        entries(path, section).forEach((name, entry) -> {
            String inner = path.isEmpty() ? name : path + '.' + name;
            if (name.contains(".")) {
                values.problem(entry.origin(), "unknown key '" + inner + "'; write its parts as nested sections");
            } else if (schema.isSection(inner)) {
                section(inner, entry);
            } else if (schema.isOpen(inner)) {
                entries(inner, entry).forEach((key, value) -> scalar(inner + '.' + key, value));
            } else if (inner.equals(ConfigSchema.POLICIES)) {
                policies(entry);
            } else if (schema.key(inner).isEmpty()) {
                unknown(inner, entry);
            } else if (schema.isList(inner)) {
                list(inner, entry);
            } else {
                scalar(inner, entry);
            }
        });
    }

    private void policies(YamlEntry entry) {
        items(ConfigSchema.POLICIES, entry).orElse(List.of()).forEach(item -> {
            YamlEntry policy = YamlEntry.of(item);
            Map<String, YamlEntry> entries = entries(ConfigSchema.POLICIES + "[]", policy);
            if (item instanceof MappingNode) {
                values.addPolicy(new WrittenPolicy(policy.origin(), policySettings(entries)));
            }
        });
    }

    private Map<String, WrittenValue> policySettings(Map<String, YamlEntry> entries) {
        Map<String, WrittenValue> settings = new HashMap<>();
        entries.forEach((name, value) -> {
            String path = ConfigSchema.POLICIES + ConfigKey.ITEM + name;
            if (schema.key(path).isEmpty()) {
                unknown(path, value);
            } else if (isText(path, value)) {
                settings.put(path, value.setting());
            }
        });
        return settings;
    }

    private void list(String path, YamlEntry entry) {
        items(path, entry)
                .filter(items -> items.stream().allMatch(item -> isText(path, YamlEntry.of(item))))
                .map(items -> items.stream().map(item -> ((ScalarNode) item).getValue()))
                .ifPresent(texts ->
                        values.put(path, new WrittenValue(texts.collect(Collectors.joining(",")), entry.origin())));
    }

    private Optional<List<Node>> items(String path, YamlEntry entry) {
        if (entry.node() instanceof SequenceNode sequence) {
            return Optional.of(sequence.getValue());
        }
        values.problem(entry.origin(), path + " is " + entry.kind() + ", expected a list");
        return Optional.empty();
    }

    private void scalar(String path, YamlEntry entry) {
        if (isText(path, entry)) {
            values.put(path, entry.setting());
        }
    }

    private boolean isText(String path, YamlEntry entry) {
        if (!entry.isText()) {
            values.problem(entry.origin(), path + " is " + entry.kind() + ", expected a single value");
        }
        return entry.isText();
    }

    /** Returns the entries of a mapping by name, each once. */
    private Map<String, YamlEntry> entries(String path, YamlEntry section) {
        if (!(section.node() instanceof MappingNode mapping)) {
            values.problem(
                    section.origin(), shown(path) + " is " + section.kind() + ", expected a mapping of keys to values");
            return Map.of();
        }
        Map<String, YamlEntry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Origin origin = YamlEntry.origin(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                values.problem(origin, "a key of " + shown(path) + " is not a text");
                continue;
            }
            YamlEntry first = entries.putIfAbsent(key.getValue(), new YamlEntry(origin, tuple.getValueNode()));
            if (first != null) {
                String duplicate = path.isEmpty() ? key.getValue() : path + '.' + key.getValue();
                values.problem(
                        origin,
                        "%s is there twice, first in %s; keep one of them"
                                .formatted(duplicate, first.origin().place()));
            }
        }
        return entries;
    }

    private static String shown(String path) {
        return path.isEmpty() ? "the document" : path;
    }

    private void unknown(String path, YamlEntry entry) {
        values.problem(entry.origin(), "unknown key '" + path + "'" + Suggestion.of(path, schema.known()));
    }
}
