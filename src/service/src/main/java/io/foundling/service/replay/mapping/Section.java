package io.foundling.service.replay.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys and values of one YAML mapping, each to be taken once; what nobody takes is a problem. */
final class Section {

    private final String path;
    private final Node node;
    private final Problems problems;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** Reads any node; one that is no YAML mapping is a problem and then has no keys. */
    Section(String path, Node node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, path + " must be a mapping of keys to values");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), "a key of " + path + " must be a word");
            } else if (entries.putIfAbsent(key.getValue(), tuple) != null) {
                problems.add(key, "key '" + key.getValue() + "' of " + path + " is given twice");
            }
        }
    }

    Optional<Node> optional(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    Optional<Node> required(String key) {
        Optional<Node> value = optional(key);
        if (value.isEmpty() && node instanceof MappingNode) {
            problems.add(node, path + " needs a key '" + key + "'");
        }
        return value;
    }

    /** Returns all entries, whatever their keys. */
    Map<String, Node> all() {
        Map<String, Node> values = new LinkedHashMap<>();
        entries.forEach((key, tuple) -> values.put(key, tuple.getValueNode()));
        known.addAll(entries.keySet());
        return values;
    }

    /** Reports every key that was not asked for. */
    void close() {
        entries.forEach((key, tuple) -> {
            if (!known.contains(key)) {
                problems.add(
                        tuple.getKeyNode(),
                        "unknown key '" + key + "' in " + path + ", known are " + String.join(", ", known));
            }
        });
    }

    String path(String key) {
        return path + '.' + key;
    }
}
