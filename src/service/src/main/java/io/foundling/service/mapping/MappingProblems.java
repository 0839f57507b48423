package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with one mapping file. */
final class MappingProblems implements YamlProblems {

    private final List<Problem> found = new ArrayList<>();

    @Override
    public void add(int line, String sentence) {
        found.add(new Problem(line, sentence));
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
