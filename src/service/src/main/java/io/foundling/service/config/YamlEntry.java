package io.foundling.service.config;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A node of the file with the place of its key: a nested value may begin lines after it, an alias somewhere else. */
record YamlEntry(Origin origin, Node node) {

    static YamlEntry of(Node node) {
        return new YamlEntry(origin(node), node);
    }

    static Origin origin(Node node) {
        return Origin.line(node.getStartMark().getLine() + 1);
    }

    /** Whether this is one value; YAML's own types do not matter, but a tag of one's own would. */
    boolean isText() {
        return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL) && isStandard(node.getTag());
    }

    WrittenValue setting() {
        return new WrittenValue(((ScalarNode) node).getValue(), origin);
    }

    /** Completes the sentence "x is ...". */
    String kind() {
        if (!isStandard(node.getTag())) {
            return "marked with a YAML tag (quote a text that begins with '!')";
        }
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return node.getTag().equals(Tag.NULL) ? "without a value" : "a single value";
    }

    private static boolean isStandard(Tag tag) {
        return tag.getValue().startsWith(Tag.PREFIX);
    }
}
