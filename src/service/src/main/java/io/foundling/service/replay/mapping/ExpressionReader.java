package io.foundling.service.replay.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads texts, lists and expressions: a plain value is a constant, {@code {field: NAME}} what a line's field holds. */
final class ExpressionReader {

    private final Problems problems;

    ExpressionReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Expression> expression(String path, Node node) {
        if (node instanceof MappingNode) {
            Section section = new Section(path, node, problems);
            Optional<String> field = section.required("field").flatMap(name -> text(section.path("field"), name));
            section.close();
            return field.map(Expression.Field::new);
        }
        return text(path, node).map(Expression.Constant::new);
    }

    /** Returns a value as it is written; quotes are needed only where YAML itself needs them. */
    Optional<String> text(String path, Node node) {
        if (node instanceof ScalarNode scalar && !node.getTag().equals(Tag.NULL)) {
            if (!scalar.getValue().isBlank()) {
                return Optional.of(scalar.getValue());
            }
        }
        problems.add(node, path + " must be a value that is not empty");
        return Optional.empty();
    }

    /** Returns the values of a list; one value alone is a list of one. */
    List<String> texts(String path, Node node) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(path, node)) {
            text(path, item).ifPresent(texts::add);
        }
        return texts;
    }

    List<Node> items(String path, Node node) {
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                problems.add(node, path + " must name at least one value");
            }
            return sequence.getValue();
        }
        return List.of(node);
    }
}
