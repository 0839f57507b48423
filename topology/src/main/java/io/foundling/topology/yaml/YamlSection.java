package io.foundling.topology.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys and values of one mapping. A key given twice is a problem, and on {@link #close} one that was not asked for. */
public final class YamlSection {

    private final String path;
    private final Optional<MappingNode> node;
    private final YamlProblems problems;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Integer> unknown = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    private YamlSection(String path, Optional<MappingNode> node, YamlProblems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** Returns a section without keys, about which no problem is noted. */
    static YamlSection none(String path) {
        return new YamlSection(path, Optional.empty(), (line, sentence) -> {});
    }

    static YamlSection of(String path, MappingNode node, YamlProblems problems) {
        YamlSection section = new YamlSection(path, Optional.of(node), problems);
        node.getValue().forEach(section::add);
        return section;
    }

    private void add(NodeTuple tuple) {
        int line = YamlValue.lineOf(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(line, "a key of " + shown(path) + " is not a text");
            return;
        }
        String inner = path.isEmpty() ? key.getValue() : path + '.' + key.getValue();
        YamlValue first =
                values.putIfAbsent(key.getValue(), new YamlValue(inner, line, tuple.getValueNode(), problems));
        if (first == null) {
            unknown.put(key.getValue(), line);
        } else {
            problems.add(line, inner + " is there twice, first in line " + first.line() + "; keep one of them");
        }
    }

    public Optional<YamlValue> optional(String key) {
        known.add(key);
        unknown.remove(key);
        return Optional.ofNullable(values.get(key));
    }

    /** Returns a value whose absence is a problem. */
    public Optional<YamlValue> required(String key) {
        Optional<YamlValue> value = optional(key);
        if (value.isEmpty()) {
            node.ifPresent(
                    mapping -> problems.add(YamlValue.lineOf(mapping), shown(path) + " needs a key '" + key + "'"));
        }
        return value;
    }

    /** Returns all values by key, whatever the keys. */
    public Map<String, YamlValue> all() {
        unknown.clear();
        return values;
    }

    /** Notes every key that was not asked for. */
    public void close() {
        unknown.forEach((key, line) -> problems.add(
                line, "unknown key '" + key + "' in " + shown(path) + ", known are " + String.join(", ", known)));
    }

    static String shown(String path) {
        return path.isEmpty() ? "the document" : path;
    }
}
