package io.foundling.service.replay.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Everything that is wrong with one file, with lines counted from 1. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    void add(Node where, String sentence) {
        found.add(new Problem(where.getStartMark().getLine() + 1, sentence));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the sentences in order of their lines. */
    List<String> sentences() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> "line " + problem.line() + ": " + problem.sentence())
                .toList();
    }

    private record Problem(int line, String sentence) {}
}
