package io.foundling.topology.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a document with its place. A value that is not what its reader asks for is a problem of the document. The
 * line is that of the key: a nested value may begin lines after it, an alias somewhere else.
 */
public final class YamlValue {

    private final String path;
    private final int line;
    private final Node node;
    private final YamlProblems problems;

    YamlValue(String path, int line, Node node, YamlProblems problems) {
        this.path = path;
        this.line = line;
        this.node = node;
        this.problems = problems;
    }

    /** Returns the keys that lead here, such as {@code retention.completed} or {@code rules[0]}; empty for the document. */
    public String path() {
        return path;
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns the same value under another path. */
    public YamlValue named(String other) {
        return new YamlValue(other, line, node, problems);
    }

    /** Notes a problem in the line of this value. */
    public void problem(String sentence) {
        problems.add(line, sentence);
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Returns a single value as it was written; YAML's own types do not matter, but a tag of one's own is a problem. */
    public Optional<String> text() {
        if (node instanceof ScalarNode scalar && !node.getTag().equals(Tag.NULL) && isStandard(node.getTag())) {
            return Optional.of(scalar.getValue());
        }
        expected("a single value");
        return Optional.empty();
    }

    /** Returns the items of a list. */
    public Optional<List<YamlValue>> items() {
        if (!(node instanceof SequenceNode sequence)) {
            expected("a list");
            return Optional.empty();
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(path + '[' + items.size() + ']', lineOf(item), item, problems));
        }
        return Optional.of(items);
    }

    /** Returns the keys and values of a mapping; none if it is something else. */
    public YamlSection section() {
        if (node instanceof MappingNode mapping) {
            return YamlSection.of(path, mapping, problems);
        }
        expected("a mapping of keys to values");
        return YamlSection.none(path);
    }

    static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private void expected(String what) {
        problem(YamlSection.shown(path) + " is " + kind() + ", expected " + what);
    }

    private String kind() {
        if (!isStandard(node.getTag())) {
            return "marked with a YAML tag (quote a text that begins with '!')";
        }
        if (isMapping()) {
            return "a mapping";
        }
        if (isList()) {
            return "a list";
        }
        return node.getTag().equals(Tag.NULL) ? "without a value" : "a single value";
    }

    private static boolean isStandard(Tag tag) {
        return tag.getValue().startsWith(Tag.PREFIX);
    }
}
